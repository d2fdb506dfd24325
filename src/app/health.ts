/** /healthz: the process lives. /readyz: the database answers. /metrics: Prometheus, for this machine only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Runtime } from './runtime.ts';

const LOCAL = /^(::1|127\.|::ffff:127\.)/;
const PATIENCE_MS = 3_000;

export async function answerHealth(
  runtime: Runtime,
  path: string,
  /** No proxy stands between. */
  direct: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('cache-control', 'no-store');
  if (path === '/healthz') return send(response, 200, 'text/plain', 'ok\n');
  if (path === '/readyz') return answerReady(runtime, response);
  // Behind a proxy every address looks local: there the metrics have a port of their own (METRICS_PORT).
  if (!direct || runtime.config.trustProxy || !LOCAL.test(request.socket.remoteAddress ?? ''))
    return send(response, 404, 'text/plain', '');
  await answerMetrics(runtime, response);
}

/** @throws never: a database that does not answer is a 503 of the metrics too */
export async function answerMetrics(runtime: Runtime, response: ServerResponse): Promise<void> {
  try {
    const { type, text } = await runtime.metrics.read();
    send(response, 200, type, text);
  } catch {
    send(response, 503, 'text/plain', 'the database does not answer\n');
  }
}

async function answerReady(runtime: Runtime, response: ServerResponse): Promise<void> {
  const timer = new AbortController();
  const tooLong = new Promise<never>((_, fail) => {
    const patience = setTimeout(() => fail(new Error('too long')), PATIENCE_MS);
    timer.signal.addEventListener('abort', () => clearTimeout(patience));
  });
  try {
    await Promise.race([runtime.handle.pool.query('select 1'), tooLong]);
    send(response, 200, 'text/plain', 'ready\n');
  } catch {
    send(response, 503, 'text/plain', 'the database does not answer\n');
  } finally {
    timer.abort();
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
