/**
 * Heavy synchronous work (typesetting, pictures, big sheets, hostile PDFs) beside the web server: one thread
 * per kind of work, started at the first use, gone after a quiet while, never keeping the process alive.
 * The threads hang on the process and not on this module, so the server and the web bundle share them.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ResourceLimits } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import type { ThreadAnswer } from './answer.ts';
import { appRoot } from './root.ts';

/** One kind of work: the program of its thread and the limits under which it runs. */
export interface ThreadKind {
  readonly name: string;
  /** Below the installation's folder, such as `src/kernel/documents/typst.thread.ts`. */
  readonly file: string;
  /** Waiting and running tasks together; one more is refused. */
  readonly maxTasks: number;
  /** Milliseconds for one task from its start on; then the thread is ended and begun anew. */
  readonly timeoutMs: number;
  /** Milliseconds without work after which the thread ends and gives its memory back. */
  readonly idleMs: number;
  readonly limits?: ResourceLimits;
}

interface Task {
  readonly request: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Line {
  worker: Worker | null;
  running: Task | null;
  readonly waiting: Task[];
  timer: NodeJS.Timeout | null;
}

const LINES = Symbol.for('xa.threads');
type Holder = { [LINES]?: Map<string, Line> };

/**
 * Runs one task in the thread of that kind, after the tasks given before.
 * @throws AppError `kernel.threads.busy` (503) when too many wait, `kernel.threads.too_slow` (503) and
 * `kernel.threads.died` (503) when the task brought the thread down, and whatever code the task itself refused with.
 */
export function runInThread<Result>(kind: ThreadKind, request: unknown): Promise<Result> {
  const line = lineOf(kind);
  if (line.waiting.length + (line.running ? 1 : 0) >= kind.maxTasks) {
    return Promise.reject(new AppError('kernel.threads.busy', 503));
  }
  return new Promise<Result>((resolve, reject) => {
    line.waiting.push({ request, resolve: resolve as (value: unknown) => void, reject });
    next(kind, line);
  });
}

/** Ends all threads; tasks under way or waiting are refused. Work given later starts them anew. */
export async function closeThreads(): Promise<void> {
  const lines = [...lineMap().values()];
  for (const line of lines) {
    for (const task of line.waiting.splice(0)) task.reject(new AppError('kernel.threads.died', 503));
  }
  await Promise.all(lines.map((line) => end(line, 'kernel.threads.died')));
}

function lineMap(): Map<string, Line> {
  return ((globalThis as Holder)[LINES] ??= new Map());
}

function lineOf(kind: ThreadKind): Line {
  const lines = lineMap();
  const line = lines.get(kind.name) ?? { worker: null, running: null, waiting: [], timer: null };
  lines.set(kind.name, line);
  return line;
}

function next(kind: ThreadKind, line: Line): void {
  if (line.running) return;
  const task = line.waiting.shift();
  if (line.timer) clearTimeout(line.timer);
  line.timer = null;
  if (!task) {
    line.timer = setTimeout(() => void end(line, 'kernel.threads.died'), kind.idleMs).unref();
    line.worker?.unref();
    return;
  }
  line.running = task;
  line.worker ??= start(kind, line);
  line.worker.ref();
  line.timer = setTimeout(() => {
    void end(line, 'kernel.threads.too_slow').then(() => next(kind, line));
  }, kind.timeoutMs);
  try {
    line.worker.postMessage(task.request);
  } catch (error) {
    settle(line, (failed) => failed.reject(error as Error));
    next(kind, line);
  }
}

function start(kind: ThreadKind, line: Line): Worker {
  const worker = new Worker(join(appRoot(), kind.file), {
    name: kind.name,
    execArgv: [],
    ...(kind.limits && { resourceLimits: kind.limits }),
  });
  worker.on('message', (answer: ThreadAnswer) => {
    settle(line, (task) =>
      answer.ok
        ? task.resolve(answer.value)
        : task.reject(new AppError(answer.code, answer.status, answer.params)),
    );
    next(kind, line);
  });
  const gone = (error?: unknown) => {
    if (line.worker !== worker) return;
    line.worker = null;
    settle(line, (task) => task.reject(died(error)));
    next(kind, line);
  };
  worker.on('error', gone);
  worker.on('exit', () => gone());
  return worker;
}

function died(cause: unknown): AppError {
  const error = new AppError('kernel.threads.died', 503);
  error.cause = cause;
  return error;
}

function settle(line: Line, how: (task: Task) => void): void {
  const task = line.running;
  line.running = null;
  if (task) how(task);
}

/** Ends the thread of a line and refuses the task it was at; what waits stays for a next thread. */
async function end(line: Line, code: string): Promise<void> {
  const worker = line.worker;
  if (line.timer) clearTimeout(line.timer);
  line.timer = null;
  line.worker = null;
  settle(line, (task) => task.reject(new AppError(code, 503)));
  await worker?.terminate();
}
