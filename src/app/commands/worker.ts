import type { Command } from '../cli.ts';
import { join } from '../prepare.ts';
import { startMetrics } from '../server.ts';
import { startWorker } from '../worker.ts';

/** Works the queue until it is told to stop; for a process beside servers that run with WORKER=0. */
export const worker: Command = async (_args, config, closers) => {
  const runtime = await join(config, 'xa worker', closers);
  const running = await startWorker(runtime);
  closers.add(running.stop);
  if (config.metricsPort !== null) closers.add(await startMetrics(runtime, config.metricsPort));
  console.log('The worker runs. Ctrl-C to stop.');
  return new Promise(() => undefined);
};
