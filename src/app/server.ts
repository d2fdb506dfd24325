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
import compression from 'compression';
import { createApi } from './api.ts';
import { createEpcis, EPCIS_ROOT } from './epcis.ts';
import { answerHealth, answerMetrics } from './health.ts';
import { classOf, routeOf } from './route.ts';
import { handOver, type Runtime } from './runtime.ts';
import { isScan, openScanDoor } from './scan-door.ts';
import { strangersFirst, type Handler } from './stranger-door.ts';

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
  const pages = compressed(strangersFirst(runtime, await loadPages()));
  const scans = openScanDoor(runtime);
  const api = getRequestListener(createApi(runtime).fetch, { overrideGlobalObjects: false });
  const epcis = getRequestListener(createEpcis(runtime).fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const direct = !['x-forwarded-for', 'forwarded', 'via'].some((name) => name in request.headers);
    prepare(request, response, runtime.config.trustProxy);
    observe(runtime, path, request, response);
    // `//…` would read as another host's address, `*` and whole addresses as nothing of ours.
    if (!/^\/(?!\/)/.test(path)) return void response.writeHead(400).end();
    if (classOf(path) === 'health') return void answerHealth(runtime, path, direct, request, response);
    const isEpcis = path === EPCIS_ROOT || path.startsWith(`${EPCIS_ROOT}/`);
    const handler = isEpcis ? epcis : path.startsWith('/api/') ? api : isScan(path) ? scans.handle : pages;
    const answer = handler(request, response);
    void Promise.resolve(answer).catch((thrown) => giveUp(runtime, thrown, request, response));
  });
  server.requestTimeout = 120_000;
  const { port, host, metricsPort } = runtime.config;
  const served = await listen(server, port, host);
  const closers = [() => drain(server).then(scans.stop)];
  if (metricsPort !== null) closers.push(await startMetrics(runtime, metricsPort));
  return { port: served, stop: async () => void (await Promise.all(closers.map((close) => close()))) };
}

/** The metrics on a port of their own, on this machine's inside only: for a worker, and behind a proxy. */
export async function startMetrics(runtime: Runtime, port: number): Promise<() => Promise<void>> {
  const server = createServer((_request, response) => void answerMetrics(runtime, response));
  await listen(server, port, '127.0.0.1');
  return () => drain(server);
}

/** One line and two figures per request: no query, no code, no name. */
function observe(runtime: Runtime, path: string, request: IncomingMessage, response: ServerResponse): void {
  const began = performance.now();
  response.once('close', () => {
    const took = performance.now() - began;
    const kind = classOf(path);
    const { method = '', headers } = request;
    const status = response.statusCode;
    runtime.metrics.request(kind, method, status, took / 1000);
    const level = status >= 500 ? 'warn' : kind === 'asset' || kind === 'health' ? 'debug' : 'info';
    const aborted = response.writableFinished ? {} : { aborted: true };
    const facts = { status, ms: Math.round(took), reqId: headers['x-request-id'], ...aborted };
    runtime.log[level](facts, `${method} ${routeOf(path)}`);
  });
}

/** What neither the API nor the pages caught: logged, answered without a word of the inside. */
function giveUp(runtime: Runtime, thrown: unknown, request: IncomingMessage, response: ServerResponse): void {
  runtime.log.error({ err: thrown, reqId: request.headers['x-request-id'] }, 'request failed');
  if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
  response.end();
}

/** Pages are text and go to phones: a fifth of the bytes. What is packed already, and what is small, is left alone. */
function compressed(handler: Handler): Handler {
  const pack = compression({ threshold: 1_024 });
  return (request, response) =>
    new Promise((done, fail) => {
      pack(request, response, () => {
        Promise.resolve(handler(request, response)).then(done, fail);
      });
    });
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
    // The last address is the one the proxy itself saw; those before it are what the client claims.
    const claimed = String(headers['x-forwarded-for'] ?? '').split(',');
    headers['x-real-ip'] = claimed.at(-1)!.trim() || (request.socket.remoteAddress ?? '');
  }
  const given = headers['x-request-id'];
  const id = typeof given === 'string' && trustProxy && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  headers['x-request-id'] = id;
  response.setHeader('x-request-id', id);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
}

/** @returns the port that is listened on @throws Error with what to do when the port is taken */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (thrown: NodeJS.ErrnoException) =>
      fail(thrown.code === 'EADDRINUSE' ? new Error(portTaken(port)) : thrown),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function portTaken(port: number): string {
  return `Cổng ${port} đang được dùng. Chạy với cổng khác: PORT=${port + 1} npm start
(port ${port} is taken by another program; start with another one: PORT=${port + 1} npm start)`;
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
