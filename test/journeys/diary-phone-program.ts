/** The commune behind a second address, from which a newer program of the diary can come. */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Front = { base: string; renew: () => void; close: () => Promise<void> };

/** Passes everything on; once renewed the service worker is another one, with parts of its own. */
export async function frontOf(base: string): Promise<Front> {
  const known = ((await (await fetch(`${base}/_app/version.json`)).json()) as { version: string }).version;
  let newer = false;
  const pass = (asked: IncomingMessage, answer: ServerResponse) => {
    const program = asked.url === '/service-worker.js';
    const headers = { ...asked.headers, ...(program && { 'accept-encoding': 'identity' }) };
    const onward = request(`${base}${asked.url}`, { method: asked.method, headers }, (given) => {
      if (!program) return void given.pipe(answer.writeHead(given.statusCode!, given.headers));
      let text = '';
      given.setEncoding('utf8').on('data', (part: string) => (text += part));
      given.on('end', () => {
        answer.setHeader('content-type', 'text/javascript');
        answer.end(newer ? text.replaceAll(known, `${known}-2`) : text);
      });
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  };
  const server = createServer(pass);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    base: `http://localhost:${(server.address() as AddressInfo).port}`,
    renew: () => (newer = true),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
