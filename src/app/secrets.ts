/** The installation's secrets: made once, kept in a file that only its owner may read. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Secrets = {
  /** Derives the database logins' passwords. */
  seed: string;
  /** Signs session cookies. */
  session: string;
};

/** Reads `<dataDir>/secrets.json`, or makes it. @throws Error when others may read the file */
export function readSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    const made: Secrets = { seed: randomBytes(32).toString('hex'), session: randomBytes(32).toString('hex') };
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
    return made;
  }
  if ((statSync(file).mode & 0o077) !== 0) throw new Error(`${file} may be read by others: chmod 600 it.`);
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}
