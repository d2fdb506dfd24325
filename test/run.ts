/**
 * `npm test`: generates, lints, checks types, builds, makes sure of a browser, runs every test. Each step
 * counts as one check in the closing line `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureBuilt } from '../src/app/build.ts';
import { hasZbar } from './zbar.ts';

type Check = { name: string; run: () => boolean | Promise<boolean> };

const CHECKS: Check[] = [
  { name: 'generated code', run: () => node('src/app/generate.ts') },
  {
    name: 'format',
    run: () => node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  },
  {
    name: 'lint',
    run: () => node('node_modules/oxlint/bin/oxlint', '--deny-warnings', 'src', 'test', 'demo', 'bench'),
  },
  { name: 'unused code', run: () => node('node_modules/knip/bin/knip.js') },
  { name: 'types', run: () => node('node_modules/typescript/bin/tsc', '--noEmit') },
  {
    name: 'types of pages',
    run: () => node('node_modules/svelte-check/bin/svelte-check', '--fail-on-warnings', '--output', 'human'),
  },
  { name: 'build', run: built },
  { name: 'browser', run: browserAtHand },
  { name: 'reader of QR codes', run: codeReaderAtHand },
];

let failed = 0;
for (const { name, run } of CHECKS) {
  const started = Date.now();
  const good = await run();
  if (!good) failed += 1;
  console.log(`${good ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
const tests = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { ...process.env, XA_CHECKS: `${CHECKS.length - failed},${failed}` },
  },
);
process.exit(failed > 0 ? 1 : (tests.status ?? 1));

function node(script: string, ...args: string[]): boolean {
  return spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' }).status === 0;
}

async function built(): Promise<boolean> {
  try {
    await ensureBuilt(() => undefined);
    return true;
  } catch (thrown) {
    console.error(thrown);
    return false;
  }
}

/** Debian's Chromium; installed here when we may, else said plainly. */
function browserAtHand(): boolean {
  if (process.env.CHROMIUM || existsSync('/usr/bin/chromium')) return true;
  if (process.getuid?.() === 0) {
    console.log('  installing Chromium from Debian’s packages …');
    installFromDebian('chromium');
    if (existsSync('/usr/bin/chromium')) return true;
  }
  console.error(
    '  The browser tests need Chromium: as root run `apt-get install chromium`, or set CHROMIUM to its path.',
  );
  return false;
}

/** Debian's zbarimg, which reads every printed code back; its tests are left out, and say so, where it is missing. */
function codeReaderAtHand(): boolean {
  if (!hasZbar() && process.getuid?.() === 0) {
    console.log('  installing zbar-tools from Debian’s packages …');
    installFromDebian('zbar-tools');
  }
  if (!hasZbar())
    console.log('  zbarimg is not here: labels are not read back. As root: `apt-get install zbar-tools`.');
  return true;
}

function installFromDebian(name: string): void {
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], quiet);
}
