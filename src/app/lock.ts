/**
 * One server per data folder. The lock is a socket in Linux's abstract name space: the kernel lets go of it
 * when the process ends, however it ends, so there is never a stale one to judge. Who asks is told who holds it.
 */
import { createServer, connect } from 'node:net';
import { shortHash } from './config.ts';

/** What the holder says about itself; a served port comes later than the lock. */
export type Holder = { pid: number; what: string; address: string | null };

export type Lock = { say: (address: string) => void; release: () => Promise<void> };

/** @returns the lock, or who holds it */
export function lockFolder(folder: string, what: string): Promise<Lock | { heldBy: Holder }> {
  const self: Holder = { pid: process.pid, what, address: null };
  const server = createServer((connection) => {
    connection.on('error', () => undefined);
    connection.end(JSON.stringify(self));
  });
  return new Promise((done, fail) => {
    server.once('error', (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'EADDRINUSE') void askHolder(folder).then((heldBy) => done({ heldBy }));
      else fail(thrown);
    });
    server.listen(nameOf(folder), () => {
      server.unref();
      done({
        say: (address) => {
          self.address = address;
        },
        release: () => new Promise((closed) => server.close(() => closed())),
      });
    });
  });
}

/** An abstract name of Linux: it begins with a NUL and is no file. */
function nameOf(folder: string): string {
  return `\0xa-so-${shortHash(`lock:${folder}`)}`;
}

function askHolder(folder: string): Promise<Holder> {
  const unknown: Holder = { pid: 0, what: 'npm start', address: null };
  return new Promise((done) => {
    let said = '';
    const connection = connect(nameOf(folder));
    connection.setTimeout(2_000, () => connection.destroy());
    connection.on('data', (chunk) => (said += chunk.toString()));
    connection.on('error', () => undefined);
    connection.on('close', () => {
      try {
        done(JSON.parse(said) as Holder);
      } catch {
        done(unknown);
      }
    });
  });
}
