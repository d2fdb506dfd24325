/** Works the job queue: every task runs its room's handler in a transaction of its commune. */
import { parseCronItems, run, type Runner, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { DOMAINS } from '../domains.ts';
import type { Task } from '#kernel/events';
import { enqueue } from '#kernel/events';
import type { RunInCommune } from '#kernel/manifest';
import { runAs, type Runtime } from './runtime.ts';
import { errandHandlers, taskHandlers } from './wiring.ts';

const SYSTEM = { kind: 'system', name: 'jobs' } as const;

export async function startWorker(runtime: Runtime): Promise<Runner> {
  const pool = new pg.Pool({ connectionString: runtime.urls.worker, max: 6, application_name: 'xa-worker' });
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  const runner = await run({
    pgPool: pool,
    schema: 'jobs',
    concurrency: 4,
    noHandleSignals: true,
    taskList: tasks(runtime),
    parsedCronItems: parseCronItems(cronItems()),
    noPreparedStatements: true,
  });
  void runner.promise.finally(() => pool.end());
  return runner;
}

/** Every task name → what runs. Exported for tests that work the queue once. */
export function tasks(runtime: Runtime): TaskList {
  const list: TaskList = {};
  for (const [name, handler] of taskHandlers()) {
    list[name] = async (payload) => {
      const { commune, data } = await taskOf(runtime, name, payload);
      await runAs(runtime, { commune, actor: SYSTEM }, (ctx) => handler(ctx, data));
    };
  }
  for (const [name, handler] of errandHandlers()) {
    list[name] = async (payload) => {
      const { commune, data } = await taskOf(runtime, name, payload);
      const { installation } = runtime.wiring;
      const run: RunInCommune = (work) => runAs(runtime, { commune, actor: SYSTEM }, work);
      await handler({ run, commune, installation }, data);
    };
  }
  for (const { job } of schedule()) list[`clock:${job}`] = () => forEveryCommune(runtime, job);
  return list;
}

async function taskOf(runtime: Runtime, name: string, payload: unknown) {
  const task = payload as Task;
  const commune = (await runtime.communes.all()).find(({ id }) => id === task.commune);
  if (!commune) throw new Error(`Job ${name} names no commune of this installation`);
  return { commune, data: task.data };
}

/** A clock job is one task; it queues the room's job once for every commune. */
async function forEveryCommune(runtime: Runtime, job: string): Promise<void> {
  for (const commune of await runtime.communes.all()) {
    await runAs(runtime, { commune, actor: SYSTEM }, (ctx) =>
      enqueue(ctx, job, {}, { key: `${job}:${commune.id}` }),
    );
  }
}

function schedule() {
  return DOMAINS.flatMap((room) => room.schedule ?? []);
}

function cronItems() {
  return schedule().map(({ cron, job }) => ({
    task: `clock:${job}`,
    match: cron,
    identifier: job,
    options: { backfillPeriod: 0 },
  }));
}
