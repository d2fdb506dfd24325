/** The passphrase of a backup: from XA_PASSPHRASE, or asked for without showing it. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

const SHORTEST = 12;

/** @param fresh it is a new one: long enough, and typed twice @throws Error saying what is missing */
export async function readPassphrase(fresh: boolean, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const given = env.XA_PASSPHRASE;
  if (given === undefined && !process.stdin.isTTY)
    throw new Error('Set XA_PASSPHRASE, or run this in a terminal to be asked for the passphrase.');
  const passphrase = given ?? (await ask('Mật khẩu của bản sao lưu (passphrase): '));
  if (!fresh) return passphrase;
  if ([...passphrase].length < SHORTEST)
    throw new Error(`The passphrase needs at least ${SHORTEST} signs: several words are easiest to keep.`);
  if (given === undefined && (await ask('Nhập lại (again): ')) !== passphrase)
    throw new Error('The two passphrases differ.');
  return passphrase;
}

function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_data, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((done, fail) => {
    reader.on('SIGINT', () => fail(new Error('Stopped.')));
    reader.question('', (answer) => {
      process.stderr.write('\n');
      done(answer);
    });
  }).finally(() => reader.close()) as Promise<string>;
}
