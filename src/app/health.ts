/** /healthz: the process lives. /readyz: the database answers. /metrics: Prometheus, for this machine only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Runtime } from './runtime.ts';

const registry = new Registry();
let collecting = false;

export async function answerHealth(
  runtime: Runtime,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('cache-control', 'no-store');
  if (path === '/healthz') return send(response, 200, 'text/plain', 'ok\n');
  if (path === '/readyz') return answerReady(runtime, response);
  const from = request.socket.remoteAddress ?? '';
  if (!/^(::1|127\.|::ffff:127\.)/.test(from) || runtime.config.trustProxy)
    return send(response, 404, 'text/plain', '');
  collect(runtime);
  send(response, 200, registry.contentType, await registry.metrics());
}

async function answerReady(runtime: Runtime, response: ServerResponse): Promise<void> {
  try {
    await runtime.handle.pool.query('select 1');
    send(response, 200, 'text/plain', 'ready\n');
  } catch {
    send(response, 503, 'text/plain', 'the database does not answer\n');
  }
}

function collect(runtime: Runtime): void {
  if (collecting) return;
  collecting = true;
  collectDefaultMetrics({ register: registry });
  const { pool } = runtime.handle;
  new Gauge({
    name: 'xa_pool_connections',
    help: 'Database connections by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'total' }, pool.totalCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
