/** `npm run bench`: what the program does beside a bare server on the same database. See bench/README.md. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '#app/build';
import { loadProvince, measureProvince, type ProvinceFigures } from './criteria.ts';
import { measureEpcis, type EpcisFigures } from './epcis.ts';
import { lifecycles, type Lives } from './lifecycles.ts';
import { loadDossiers, prepareBench, settle, type Bench } from './load.ts';
import { measureLots, PACKS, type LotFigures } from './lots.ts';
import { rate, type Rate } from './rate.ts';
import { loadRegisters, registerQuestions } from './registers.ts';

const SIZES = (process.env.SIZES ?? '0,100000,1000000').split(',').map(Number);
const PARTS = new Set((process.env.PARTS ?? 'desk,registers,epcis,lots,criteria').split(','));
const SECONDS = Number(process.env.SECONDS_EACH ?? '10');
/** Enough lives at once to keep both cores busy, few enough that they do not wait for connections. */
const LANES = 8;
/** Clerks who ask at the same time: what is measured is how long each of them waits. */
const CLERKS = 2;

type Round = { size: number; lives: Lives; floor: Rate; lookUp: Rate; page: Rate; queue: Rate };

const dataDir = mkdtempSync(join(tmpdir(), 'xa-bench-'));
let bench: Bench | undefined;
try {
  await ensureBuilt(say);
  bench = await prepareBench(dataDir, say);
  if (PARTS.has('registers')) reportRegisters(await measureRegisters(bench));
  if (PARTS.has('epcis')) reportEpcis(await withApp(bench, 'epcis', measureEpcis));
  if (PARTS.has('lots')) {
    say('lots: loading and measuring');
    reportLots(await measureLots(bench), await measurePacks(bench));
  }
  if (PARTS.has('criteria')) reportProvince(await measureCommunes(bench), await floorOf(bench));
  if (PARTS.has('desk')) {
    const rounds: Round[] = [];
    for (const size of SIZES) rounds.push(await measure(bench, size));
    report(rounds);
  }
} finally {
  await bench?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(bench: Bench, size: number): Promise<Round> {
  say(`${size.toLocaleString('en')} dossiers: loading`);
  const stored = await loadDossiers(bench, size);
  const { key, settings } = bench;
  say(`${size.toLocaleString('en')} dossiers: measuring`);
  const app = await serve('serve-app.ts', settings);
  try {
    await lifecycles(app.base, key, SECONDS, LANES);
    await settle(bench);
    const lives = await lifecycles(app.base, key, SECONDS, LANES);
    const codes = stored.length > 0 ? stored : lives.codes;
    const code = () => codes[Math.floor(Math.random() * codes.length)];
    const lookUp = await rate(app.base, SECONDS, () => `/api/v1/track?code=${code()}`);
    const page = await rate(app.base, SECONDS, () => `/tra-cuu?code=${code()}`);
    const queue = await rate(app.base, SECONDS, () => '/api/v1/dossiers?view=open&per_page=50', { key });
    await app.stop();
    const floorServer = await serve('serve-floor.ts', settings);
    const floor = await rate(floorServer.base, SECONDS, () => `/?code=${code()}`).finally(floorServer.stop);
    return { size, lives, floor, lookUp, page, queue };
  } finally {
    await app.stop();
  }
}

type Compared = { name: string; app: Rate; floor: Rate };

/** Search and lists of the registers, with the floor asked the same. */
async function measureRegisters(bench: Bench): Promise<Compared[]> {
  say('registers: loading');
  await loadRegisters(bench);
  const { key, settings } = bench;
  const questions = registerQuestions();
  const compared = new Map<string, { app?: Rate; floor?: Rate }>();
  say('registers: measuring');
  for (const side of ['app', 'floor'] as const) {
    const server = await serve(`serve-${side}.ts`, settings);
    try {
      for (const { name, [side]: ask } of questions) {
        const found = await rate(server.base, SECONDS, ask, { key, connections: CLERKS });
        compared.set(name, { ...compared.get(name), [side]: found });
      }
    } finally {
      await server.stop();
    }
  }
  return [...compared].map(([name, { app, floor }]) => ({ name, app: app!, floor: floor! }));
}

/** Measures something of the program's server. */
async function withApp<T>(
  bench: Bench,
  part: string,
  work: (bench: Bench, base: string, seconds: number) => Promise<T>,
): Promise<T> {
  say(`${part}: loading and measuring`);
  const app = await serve('serve-app.ts', bench.settings);
  return work(bench, app.base, SECONDS).finally(app.stop);
}

/**
 * Buyers' pages as phones ask for them, packed; the floor tells of the same packs with the same SQL. Beside it a plain
 * select of one row that is not there: the least that a server can ask.
 */
async function measurePacks(bench: Bench): Promise<(Compared & { plain: Rate })[]> {
  const floorServer = await serve('serve-floor.ts', bench.settings);
  const floors = new Map<string, Rate>();
  let plain: Rate;
  try {
    for (const [name, ask] of Object.entries(PACKS))
      floors.set(name, await rate(floorServer.base, SECONDS, ask));
    plain = await rate(floorServer.base, SECONDS, () => '/?code=22222222');
  } finally {
    await floorServer.stop();
  }
  const compared: (Compared & { plain: Rate })[] = [];
  const app = await serve('serve-app.ts', bench.settings);
  try {
    for (const [name, ask] of Object.entries(PACKS)) {
      const pages = await rate(app.base, SECONDS, ask, { packed: true });
      compared.push({ name, app: pages, floor: floors.get(name)!, plain });
    }
  } finally {
    await app.stop();
  }
  return compared;
}

/** The province's page, whose first answer counts too: everything is loaded before its server starts. */
async function measureCommunes(bench: Bench): Promise<ProvinceFigures> {
  say('criteria: loading');
  const communes = await loadProvince(bench);
  return withApp(bench, 'criteria', (same, base, seconds) => measureProvince(same, base, seconds, communes));
}

/** What a bare server does: one select in a transaction of a commune. */
async function floorOf({ settings }: Bench): Promise<Rate> {
  const server = await serve('serve-floor.ts', settings);
  return rate(server.base, SECONDS, () => '/?code=22222222').finally(server.stop);
}

/** Starts one of the two servers on a free port, waits until it listens. */
async function serve(
  script: string,
  settings: Bench['settings'],
): Promise<{ base: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], {
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), BENCH: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await listening(child, script);
  const ended = once(child, 'exit');
  return {
    base: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function listening(child: ChildProcess, script: string): Promise<void> {
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with ${String(code)} before it listened`);
  });
  const said = (async () => {
    for await (const part of child.stdout!) if (String(part).includes('listening')) break;
    child.stdout!.resume();
  })();
  await Promise.race([said, exited]);
  exited.catch(() => undefined);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function report(rounds: readonly Round[]): void {
  console.log('\nstored      lifecycles/s  p95 ms   kept');
  const first = rounds[0]!.lives.perSecond;
  for (const { size, lives } of rounds)
    console.log(
      cells(
        [size, 12],
        [lives.perSecond.toFixed(1), 14],
        [lives.p95.toFixed(0), 9],
        [percent(lives.perSecond / first), 8],
      ),
    );
  console.log('\nstored      what            requests/s   p95 ms   of the floor');
  for (const { size, floor, lookUp, page, queue } of rounds) {
    const lines = { floor, 'look-up (API)': lookUp, 'tracking page': page, 'work queue (API)': queue };
    for (const [name, { perSecond, p95 }] of Object.entries(lines))
      console.log(
        cells(
          [size, 12],
          [name, 18],
          [perSecond.toFixed(0), 11],
          [p95.toFixed(0), 9],
          [percent(perSecond / floor.perSecond), 8],
        ),
      );
  }
}

function reportRegisters(compared: readonly Compared[]): void {
  console.log(`\nregisters (${CLERKS} clerks)     p95 ms   floor p95 ms   requests/s   of the floor`);
  for (const { name, app, floor } of compared)
    console.log(
      cells(
        [name, 26],
        [app.p95.toFixed(1), 9],
        [floor.p95.toFixed(1), 15],
        [app.perSecond.toFixed(0), 13],
        [percent(app.perSecond / floor.perSecond), 8],
      ),
    );
}

function reportEpcis({ captured, history, links }: EpcisFigures): void {
  console.log('\nEPCIS');
  console.log(`events captured a second          ${captured.toFixed(0)}`);
  console.log(
    `history of one lot, p95 ms        ${history.p95.toFixed(1)} (${history.perSecond.toFixed(0)} a second)`,
  );
  console.log(`Digital Links read a second       ${links.toFixed(0)}`);
}

function reportLots(
  { lots, reach, reachMs, recallMs }: LotFigures,
  packs: readonly (Compared & { plain: Rate })[],
): void {
  console.log(`\nlots (${lots.toLocaleString('en')} stored)`);
  console.log(`look at a recall's reach, slowest ms   ${reachMs.toFixed(0)} (up to ${reach} lots)`);
  console.log(`recall, slowest ms                     ${recallMs.toFixed(0)}`);
  console.log(`\nbuyer's pages   requests/s   p95 ms   floor   of the floor   of a plain select`);
  for (const { name, app, floor, plain } of packs)
    console.log(
      cells(
        [name === 'lot' ? 'of a lot' : 'of a pack', 16],
        [app.perSecond.toFixed(0), 13],
        [app.p95.toFixed(0), 9],
        [floor.perSecond.toFixed(0), 8],
        [percent(app.perSecond / floor.perSecond), 15],
        [percent(app.perSecond / plain.perSecond), 8],
      ),
    );
}

function reportProvince({ communes, coldMs, bytes, rounds }: ProvinceFigures, floor: Rate): void {
  console.log(`\nprovince (${communes} communes, page of ${(bytes / 1000).toFixed(0)} kB)`);
  console.log(`first page of a server that just started, ms   ${coldMs.toFixed(0)}`);
  console.log('published   p95 ms   pages/s   of the floor   after one change, slowest ms');
  for (const { stored, warm, changedMs } of rounds)
    console.log(
      cells(
        [stored, 12],
        [warm.p95.toFixed(1), 9],
        [warm.perSecond.toFixed(0), 10],
        [percent(warm.perSecond / floor.perSecond), 15],
        [changedMs.toFixed(1), 8],
      ),
    );
}

function cells(...columns: [content: string | number, width: number][]): string {
  return columns.map(([content, width]) => String(content).padEnd(width)).join('');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function say(line: string): void {
  console.log(`• ${line}`);
}
