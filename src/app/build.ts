/** Builds the pages when their sources have changed since the last build. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Closers } from './closers.ts';

const STAMP = join('build', '.xa-sources');
const INPUTS = [
  'src',
  'verify',
  'static',
  'project.inlang/settings.json',
  'vite.config.ts',
  'package-lock.json',
];

/**
 * @param closers gets the means to stop a build that is under way
 * @throws Error when the build fails
 */
export async function ensureBuilt(say: (step: string) => void, closers = new Closers()): Promise<void> {
  const wanted = sourcesHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  say('Dựng các trang (building the pages) …');
  await run(closers, 'src/app/generate.ts');
  await run(closers, 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error');
  writeFileSync(STAMP, wanted);
}

function run(closers: Closers, script: string, ...args: string[]): Promise<void> {
  // What a build tells of itself matters only when it fails.
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<void>((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`${script} did not succeed`))));
  });
  closers.add(async () => {
    child.kill();
    await ended.catch(() => undefined);
  });
  return ended;
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap(filesUnder).sort())
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (/\.\w+$/.test(path)) return [path];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => !file.startsWith(join('src', 'paraglide')) && !file.endsWith('.test.ts'));
}
