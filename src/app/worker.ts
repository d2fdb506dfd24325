/** Works the job queue: every task runs its room's handler in a transaction of its commune. */
import { Logger, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import pg from 'pg';
import type { Task } from '#kernel/events';
import { isClosed } from '#kernel/context';
import { enqueue } from '#kernel/events';
import type { RunInCommune } from '#kernel/manifest';
import { writeHeads } from './audit-heads.ts';
import { writeAnchors } from './log-anchors.ts';
import { sweepFiles } from './file-sweep.ts';
import { cronItems, roomSchedule } from './clock.ts';
import { runAs, type Runtime } from './runtime.ts';
import { errandHandlers, roomOfTask, taskHandlers } from './wiring.ts';

/** What the tasks need of a runtime. */
type Workplace = Pick<Runtime, 'communes' | 'handle' | 'wiring'>;

const SYSTEM = { kind: 'system', name: 'jobs' } as const;

export type RunningWorker = { stop: () => Promise<void> };

/** After this long a worker that ended by itself (the database was away) begins again. */
const AGAIN_MS = 5_000;

/** Works the queue until it is stopped; running jobs end first. */
export async function startWorker(runtime: Runtime): Promise<RunningWorker> {
  const pool = new pg.Pool({ connectionString: runtime.urls.worker, max: 6, application_name: 'xa-worker' });
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  const state: { runner: Runner | null; stopping: boolean; again?: NodeJS.Timeout } = {
    runner: null,
    stopping: false,
  };
  async function begin(): Promise<void> {
    const runner = await runOn(runtime, pool);
    state.runner = runner;
    const ended = (thrown?: unknown) => {
      state.runner = null;
      if (state.stopping) return;
      runtime.log.error({ err: thrown }, 'the worker ended by itself and begins again');
      state.again = setTimeout(() => void begin().catch(ended), AGAIN_MS);
    };
    runner.promise.then(() => ended(), ended);
  }
  await begin();
  return {
    stop: async () => {
      state.stopping = true;
      clearTimeout(state.again);
      await state.runner?.stop();
      await pool.end();
    },
  };
}

function runOn(runtime: Runtime, pool: pg.Pool): Promise<Runner> {
  return run({
    pgPool: pool,
    schema: 'jobs',
    concurrency: 4,
    noHandleSignals: true,
    taskList: {
      ...tasks(runtime),
      ...installationTasks(runtime),
    },
    parsedCronItems: cronItems(),
    noPreparedStatements: true,
    logger: queueLogger(runtime),
    events: reportJobs(runtime),
  });
}

function installationTasks(runtime: Runtime): TaskList {
  return {
    'clock:installation.audit_heads': async () => void (await writeHeads(runtime)),
    'clock:installation.log_anchors': async () => void (await writeAnchors(runtime)),
    'clock:installation.files': async () => {
      const swept = await sweepFiles(runtime);
      runtime.log.info(
        swept ?? { files: 0 },
        swept ? 'files swept' : 'files not swept: a backup is under way',
      );
    },
  };
}

/** The queue's own words: only what is wrong with the queue itself; of jobs we tell below. */
function queueLogger({ log }: Runtime): Logger {
  return new Logger(() => (level, message) => {
    if (message.startsWith('Failed task')) return;
    if (level === 'error') log.error({ queue: message }, 'queue');
    else if (level === 'warning') log.warn({ queue: message }, 'queue');
    else log.debug({ queue: message }, 'queue');
  });
}

/** One line and one figure per finished job; its payload stays out, it may name people. */
function reportJobs({ log, metrics }: Runtime): WorkerEvents {
  const events = new EventEmitter() as WorkerEvents;
  events.on('job:success', ({ job }) => {
    metrics.job(job.task_identifier, 'done');
    log.debug({ task: job.task_identifier, job: String(job.id) }, 'job done');
  });
  events.on('job:error', ({ job, error }) => {
    const { task_identifier: task, attempts: attempt, max_attempts: of } = job;
    metrics.job(task, attempt >= of ? 'failed' : 'error');
    log.error({ err: error, task, job: String(job.id), attempt, of }, 'job failed');
  });
  return events;
}

/** Every task name → what runs. Exported for tests that work the queue once. */
export function tasks(runtime: Workplace): TaskList {
  const list: TaskList = {};
  for (const [name, handler] of taskHandlers()) {
    list[name] = async (payload) => {
      const { commune, data, rests, afterClosing } = await taskOf(runtime, name, payload);
      if (rests) return;
      await runAs(runtime, { commune, actor: SYSTEM, afterClosing }, (ctx) => handler(ctx, data));
    };
  }
  for (const [name, handler] of errandHandlers()) {
    list[name] = async (payload) => {
      const { commune, data, rests, afterClosing } = await taskOf(runtime, name, payload);
      if (rests) return;
      const { installation } = runtime.wiring;
      const run: RunInCommune = (work) => runAs(runtime, { commune, actor: SYSTEM, afterClosing }, work);
      await handler({ run, commune, installation }, data);
    };
  }

  for (const { job } of roomSchedule()) list[`clock:${job}`] = () => forEveryCommune(runtime, job);
  return list;
}

async function taskOf(runtime: Workplace, name: string, payload: unknown) {
  const task = payload as Task;
  const commune = (await runtime.communes.all()).find(({ id }) => id === task.commune);
  if (!commune) throw new Error(`Job ${name} names no commune of this installation`);
  const afterClosing = runtime.wiring.afterClosing.has(roomOfTask(name));
  // What was queued for a commune that has closed since stays undone: nothing of it may change.
  const rests = !afterClosing && isClosed({ commune, now: new Date() });
  return { commune, data: task.data, rests, afterClosing };
}

/** A clock job is one task; it queues the room's job once for every commune. */
async function forEveryCommune(runtime: Workplace, job: string): Promise<void> {
  for (const commune of await runtime.communes.all()) {
    const worksOn = runtime.wiring.afterClosing.has(roomOfTask(job));
    if (!worksOn && isClosed({ commune, now: new Date() })) continue;
    await runAs(runtime, { commune, actor: SYSTEM, afterClosing: true }, (ctx) =>
      enqueue(ctx, job, {}, { key: `${job}:${commune.id}` }),
    );
  }
}
