/** What is counted while the program runs, in Prometheus' form. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import pg from 'pg';
import { oldestUnlinked } from '#domain/audit';
import type { RouteClass } from './route.ts';
import { runAs, type Runtime } from './runtime.ts';

export type Metrics = {
  /** One answered request. @param seconds from its first byte to the end of the answer */
  request: (route: RouteClass, method: string, status: number, seconds: number) => void;
  /** One finished job. */
  job: (task: string, outcome: 'done' | 'error' | 'failed') => void;
  /** The page that Prometheus reads. */
  read: () => Promise<{ type: string; text: string }>;
};

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A registry of its own for each runtime, so that several in one process do not count into each other. */
export function createMetrics(): Metrics & { registry: Registry } {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'xa_http_requests_total',
    help: 'Requests answered, by class of address, method and status',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'xa_http_request_seconds',
    help: 'Time to answer, by class of address',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const jobs = new Counter({
    name: 'xa_jobs_total',
    help: 'Jobs finished by this process, by task and outcome (error: will be tried again; failed: gave up)',
    labelNames: ['task', 'outcome'],
    registers,
  });
  return {
    registry,
    request: (route, method, status, took) => {
      requests.inc({ route, method: METHODS.has(method) ? method : 'other', status });
      seconds.observe({ route }, took);
    },
    job: (task, outcome) => jobs.inc({ task, outcome }),
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

/** How long figures that ask the database are kept: a scrape must cost little. */
const FRESH_FOR_MS = 10_000;

/** Adds what only the database knows: connections, waiting and failed jobs, how far the audit chain lags. */
export function addDatabaseMetrics(runtime: Runtime, registry: Registry): void {
  const registers = [registry];
  const { pool } = runtime.handle;
  new Gauge({
    name: 'xa_pool_connections',
    help: 'Database connections of the pages and the API, by state',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'total' }, pool.totalCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
  const queue = kept(() => readQueue(runtime));
  new Gauge({
    name: 'xa_jobs',
    help: 'Jobs in the queue: due and waiting, planned for later, running, failed for good',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const [state, count] of Object.entries(await queue())) this.set({ state }, count);
    },
  });
  const lag = kept(() => auditLag(runtime));
  new Gauge({
    name: 'xa_audit_lag_seconds',
    help: 'Age of the oldest audit entry that is not chained yet, over all communes',
    registers,
    async collect() {
      this.set(await lag());
    },
  });
}

function kept<T>(read: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  let readAt = 0;
  return () => {
    if (!value || Date.now() - readAt > FRESH_FOR_MS) {
      readAt = Date.now();
      value = read();
      value.catch(() => (value = undefined));
    }
    return value;
  };
}

async function readQueue(runtime: Runtime): Promise<Record<string, number>> {
  const client = new pg.Client(runtime.urls.worker);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, number>>(`
      select count(*) filter (where attempts >= max_attempts)::int as failed,
        count(*) filter (where attempts < max_attempts and locked_at is not null)::int as running,
        count(*) filter (where attempts < max_attempts and locked_at is null and run_at <= now())::int as waiting,
        count(*) filter (where attempts < max_attempts and locked_at is null and run_at > now())::int as planned
      from jobs.jobs`);
    return rows[0]!;
  } finally {
    await client.end();
  }
}

async function auditLag(runtime: Runtime): Promise<number> {
  let oldest = Date.now();
  for (const commune of await runtime.communes.all()) {
    const actor = { kind: 'system', name: 'metrics' } as const;
    const at = await runAs(runtime, { commune, actor }, oldestUnlinked);
    if (at) oldest = Math.min(oldest, at.getTime());
  }
  return (Date.now() - oldest) / 1000;
}
