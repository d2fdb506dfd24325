/** Whatever was acknowledged is there after everything was killed at once, in the middle of writing. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryDataDir } from '../src/app/postgres/temporary.ts';

const dataDir = temporaryDataDir('crash');
const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', DEMO: '0', LOG_LEVEL: 'silent' };
const acknowledged: number[] = [];

const children: ChildProcess[] = [];

afterAll(async () => {
  await Promise.all(
    children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).map(kill),
  );
  stopLeftServer();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts a writer and waits until it has acknowledged so many more. */
async function writeSome(more: number): Promise<ChildProcess> {
  const first = acknowledged.length === 0 ? 0 : Math.max(...acknowledged) + 1_000;
  const child = spawn(process.execPath, ['test/crash-writer.ts', 'write', String(first)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const wanted = acknowledged.length + more;
  let held = '';
  await new Promise<void>((enough, fail) => {
    child.once('exit', (code) => fail(new Error(`the writer ended by itself (${code})`)));
    child.stdout.on('data', (data: Buffer) => {
      const lines = (held + data.toString()).split('\n');
      held = lines.pop()!;
      acknowledged.push(...lines.map(Number));
      if (acknowledged.length >= wanted) enough();
    });
  });
  return child;
}

function postmaster(): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((gone) => {
    child.once('close', () => gone());
    child.kill('SIGKILL');
  });
}

function stopLeftServer(): void {
  try {
    process.kill(postmaster(), 'SIGQUIT');
  } catch {
    // None is left: that is as it should be.
  }
}

/** What is there after a new start, which recovers. */
function readBack(): Set<number> {
  const done = spawnSync(process.execPath, ['test/crash-writer.ts', 'read'], { env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return new Set(JSON.parse(done.stdout) as number[]);
}

function missing(): number[] {
  const there = readBack();
  return acknowledged.filter((n) => !there.has(n));
}

describe('nothing acknowledged is lost', { timeout: 180_000 }, () => {
  it('when the program and PostgreSQL are killed at the same moment', async () => {
    const child = await writeSome(150);
    process.kill(postmaster(), 'SIGKILL');
    await kill(child);
    expect(missing()).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(150);
  });

  it('when only the program is killed: the next start takes over the server it left', async () => {
    const child = await writeSome(100);
    const left = postmaster();
    await kill(child);
    expect(postmaster()).toBe(left);
    expect(missing()).toEqual([]);
  });

  it('when PostgreSQL is killed first, and the program a moment later', async () => {
    const child = await writeSome(100);
    process.kill(postmaster(), 'SIGKILL');
    await new Promise((done) => setImmediate(done));
    await kill(child);
    expect(missing()).toEqual([]);
  });
});
