/** `npm start`: prepares the database, builds the pages if needed, loads the demo commune, serves. */
import { ensureBuilt } from './build.ts';
import { Closers } from './closers.ts';
import { readConfig } from './config.ts';
import { prepare } from './prepare.ts';
import { startServer } from './server.ts';
import { startWorker } from './worker.ts';

const started = Date.now();
const say = (step: string) => console.log(`• ${step}`);
const closers = new Closers();
let signalled = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void onSignal());
stopWithParent();

try {
  await serve();
} catch (thrown) {
  // While stopping, steps that were under way fail because their ground is gone: that is no fault.
  if (!signalled) {
    console.error(`\n${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    if (process.env.LOG_LEVEL === 'debug') console.error(thrown);
  }
  if (!signalled) await stop(1);
}

async function serve(): Promise<void> {
  const config = readConfig();
  // First of all, because it takes the lock: a second start must not build into the feet of the first.
  const { runtime, sayAddress } = await prepare(config, say, closers);
  await ensureBuilt(say, closers);
  if (config.demo) {
    const { ensureDemo } = await import('../../demo/build.ts');
    await ensureDemo(runtime, say);
  }
  if (config.worker) {
    const worker = await startWorker(runtime);
    closers.add(worker.stop);
  }
  const server = await startServer(runtime);
  closers.add(server.stop);
  const address = `http://localhost:${server.port}`;
  sayAddress(address);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`\n  Xã Số đang chạy (serving): ${address}   [${seconds} s]`);
  if (config.demo) {
    const { demoSignIns } = await import('../../demo/sign-ins.ts');
    console.log(demoSignIns(server.port));
  }
  console.log('  Ctrl-C để dừng (to stop).\n');
}

/** A second signal does not start the stop again. */
async function onSignal(): Promise<void> {
  if (signalled) return;
  signalled = true;
  await stop(0);
}

/** Drains and closes everything in reverse order. */
async function stop(code: number): Promise<void> {
  await closers.closeAll((thrown) => console.error(thrown));
  process.exit(code);
}

/** Killed outright, the bootstrap cannot tell us: we see that our parent is another, and stop. */
function stopWithParent(): void {
  if (process.env.XA_BOOT !== String(process.ppid)) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void onSignal(), 1_000).unref();
}
