/** A small HTTP server for simulators: one handler, real sockets, closes at once. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Request = { method: string; path: string; headers: IncomingMessage['headers']; body: string };
/** What is answered; `hangUp` breaks the connection after the work was done. */
export type Reply = { status?: number; json?: unknown; hangUp?: boolean };

export type HttpSimulator = { origin: string; stop: () => Promise<void> };

export async function serve(handle: (request: Request) => Reply, port = 0): Promise<HttpSimulator> {
  const server = createServer((request, response) => void answer(handle, request, response));
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const { port: taken } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${taken}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  handle: (request: Request) => Reply,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const {
    status = 200,
    json = {},
    hangUp,
  } = handle({
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: Buffer.concat(parts).toString('utf8'),
  });
  if (hangUp) return void request.socket.destroy();
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(json));
}
