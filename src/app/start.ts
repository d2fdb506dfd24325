/** `npm start`: builds the pages if needed, prepares the database, loads the demo commune, serves. */
import { readConfig } from './config.ts';
import { ensureBuilt } from './build.ts';
import { prepare } from './prepare.ts';
import { startServer } from './server.ts';
import { startWorker } from './worker.ts';

const started = Date.now();
const say = (step: string) => console.log(`• ${step}`);

const config = readConfig();
ensureBuilt(say);
const prepared = await prepare(config, say);
let stopping = false;
const closers: (() => Promise<unknown>)[] = [() => prepared.stop()];

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void stop(0));
}

try {
  const { runtime } = prepared;
  if (config.demo) {
    const { ensureDemo } = await import('../../demo/build.ts');
    await ensureDemo(runtime, say);
  }
  if (config.worker) {
    const worker = await startWorker(runtime);
    closers.unshift(() => worker.stop());
  }
  const server = await startServer(runtime);
  closers.unshift(() => server.stop());
  console.log(
    `\n  Xã Số đang chạy (serving): http://localhost:${server.port}   [${((Date.now() - started) / 1000).toFixed(1)} s]`,
  );
  if (config.demo) {
    const { demoSignIns } = await import('../../demo/sign-ins.ts');
    console.log(demoSignIns(server.port));
  }
  console.log('  Ctrl-C để dừng (to stop).\n');
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  await stop(1);
}

/** Drains and closes everything in reverse order; a second signal does not start it again. */
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const close of closers) await close().catch((thrown) => console.error(thrown));
  process.exit(code);
}
