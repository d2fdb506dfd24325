/** Builds the pages when their sources have changed since the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = join('build', '.xa-sources');
const INPUTS = ['src', 'static', 'project.inlang/settings.json', 'vite.config.ts', 'package-lock.json'];

/** @throws Error when the build fails */
export function ensureBuilt(say: (step: string) => void): void {
  const wanted = sourcesHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  say('Dựng các trang (building the pages) …');
  run('src/app/generate.ts');
  run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error');
  writeFileSync(STAMP, wanted);
}

function run(script: string, ...args: string[]): void {
  const done = spawnSync(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) throw new Error(`${script} did not succeed`);
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
