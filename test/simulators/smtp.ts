/** A mail server that keeps what it is given: source, envelope, and how often each Message-ID came. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type MailTaken = { from: string; to: string[]; source: string };
/** What befalls the next mail: put off (451), refused for ever (550). */
export type MailMishap = 'later' | 'never';

export type MailServer = {
  taken: MailTaken[];
  mishaps: MailMishap[];
  settings: Record<string, unknown>;
  stop: () => Promise<void>;
};

const LOGIN = { user: 'xa', password: 'simulated-password' };

export async function startMailServer(port = 0): Promise<MailServer> {
  const taken: MailTaken[] = [];
  const mishaps: MailMishap[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === LOGIN.user && password === LOGIN.password
        ? done(null, { user: username })
        : done(new Error('Wrong password')),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const mishap = mishaps.shift();
        if (mishap)
          return done(
            Object.assign(new Error('simulated'), { responseCode: mishap === 'later' ? 451 : 550 }),
          );
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(parts).toString('utf8'),
        });
        return done(null, `queued as ${taken.length}`);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((done) => void server.listen(port, '127.0.0.1', done));
  const { port: open } = server.server.address() as AddressInfo;
  return {
    taken,
    mishaps,
    settings: {
      host: '127.0.0.1',
      port: open,
      plain: true,
      ...LOGIN,
      from: 'mot-cua@tuctranh.example',
      fromName: 'UBND xã Tức Tranh',
    },
    stop: () => new Promise((done) => server.close(() => done())),
  };
}
