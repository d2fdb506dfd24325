import { parentPort } from 'node:worker_threads';
import { isAppError } from '../errors.ts';
import type { ErrorParams, ErrorStatus } from '../errors.ts';

/** What a thread sends back for one task: the value, or the code with which it refused. */
export type ThreadAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly status: ErrorStatus; readonly params: ErrorParams };

/**
 * The loop of a thread's program: answers every task with `work`, one after the other. Expected refusals go
 * back as codes; anything else ends the thread, whose task is then refused with `kernel.threads.died`.
 */
export function serveThread<Request, Result>(work: (request: Request) => Result | Promise<Result>): void {
  const port = parentPort;
  if (!port) throw new Error('a thread program was started as a program of its own');
  const answer = async (request: Request): Promise<void> => {
    let reply: ThreadAnswer;
    try {
      reply = { ok: true, value: await work(request) };
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      reply = { ok: false, code: thrown.code, status: thrown.status, params: thrown.params };
    }
    port.postMessage(reply);
  };
  port.on('message', (request: Request) => void answer(request));
}
