import { resolve } from 'node:path';

/**
 * The folder of the installation. Threads, fonts and paper templates are found below it, because the server
 * runs from source and the pages from a bundle elsewhere: a module's own address tells nothing.
 * `XA_ROOT` names it where the process is not started in it.
 */
export function appRoot(): string {
  return resolve(process.env.XA_ROOT ?? process.cwd());
}
