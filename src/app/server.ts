/**
 * The HTTP server: takes health, metrics and the API before Kit, sets the headers Kit relies on, hands
 * the rest to the pages.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { createApi } from './api.ts';
import { answerHealth } from './health.ts';
import { handOver, type Runtime } from './runtime.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export type RunningServer = { port: number; stop: () => Promise<void> };

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/** Starts serving. @throws Error when the port is taken, or the pages were not built */
export async function startServer(runtime: Runtime): Promise<RunningServer> {
  handOver(runtime);
  const pages = await loadPages();
  const api = getRequestListener(createApi(runtime).fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    prepare(request, response, runtime.config.trustProxy);
    const path = (request.url ?? '/').split('?', 1)[0]!;
    if (path === '/healthz' || path === '/readyz' || path === '/metrics')
      return void answerHealth(runtime, path, request, response);
    if (path.startsWith('/api/')) return void api(request, response);
    return void pages(request, response);
  });
  server.requestTimeout = 120_000;
  await listen(server, runtime.config.port, runtime.config.host);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : runtime.config.port;
  return { port, stop: () => drain(server) };
}

async function loadPages(): Promise<Handler> {
  // Without this Kit takes every request for https and refuses forms over plain http.
  process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
  process.env.ADDRESS_HEADER = 'x-real-ip';
  process.env.BODY_SIZE_LIMIT ??= '30M';
  const built = join(process.cwd(), 'build', 'handler.js');
  if (!existsSync(built)) throw new Error('The pages are not built: run `npm run build`.');
  const { handler } = (await import(pathToFileURL(built).href)) as { handler: Handler };
  return handler;
}

/** Headers that only a trusted proxy may set are overwritten; every request gets an id. */
function prepare(request: IncomingMessage, response: ServerResponse, trustProxy: boolean): void {
  const { headers } = request;
  if (!trustProxy) {
    headers['x-forwarded-proto'] = 'http';
    headers['x-real-ip'] = request.socket.remoteAddress ?? '';
    delete headers['x-forwarded-host'];
    delete headers['x-forwarded-for'];
  } else {
    headers['x-real-ip'] ??=
      String(headers['x-forwarded-for'] ?? '')
        .split(',')[0]!
        .trim() ||
      (request.socket.remoteAddress ?? '');
  }
  const given = headers['x-request-id'];
  const id = typeof given === 'string' && trustProxy && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  headers['x-request-id'] = id;
  response.setHeader('x-request-id', id);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
}

/** Stops taking connections, lets running requests end, then closes what is left. */
function drain(server: Server): Promise<void> {
  return new Promise((done) => {
    const patience = setTimeout(() => server.closeAllConnections(), 10_000);
    server.close(() => {
      clearTimeout(patience);
      done();
    });
    server.closeIdleConnections();
  });
}
