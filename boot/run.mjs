// The bootstrap: plain JavaScript that Node 18 understands, with nothing but Node's own modules, because
// it runs before node_modules exists. It installs from the lockfile when needed, picks a Node ≥ 24.12 and
// runs the given TypeScript file on it. It stays alive as the parent (Node 20 has no execve): it forwards
// signals, and when its own parent goes away it stops the child, so that nothing is left behind.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
installFromLockfile();
runAndWatch(findNode24(), process.argv.slice(2));

function installFromLockfile() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const stamp = join('node_modules', '.xa-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('• Cài đặt thư viện theo package-lock.json, một đến hai phút (installing) …');
  // npm's own Node must run npm: `npm ci` deletes node_modules, which may hold the Node that runs us.
  const npm = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  const flags = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const [command, args] = npm ? [node, [npm, ...flags]] : ['npm', flags];
  const done = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) {
    console.error('npm ci did not succeed; see the lines above. Nothing was started.');
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

function findNode24() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 12)) return process.execPath;
  const ours = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(ours)) return ours;
  console.error(
    `Node ≥ 24.12 is needed; none is packaged for ${process.platform}-${process.arch}: please install it.`,
  );
  process.exit(1);
}

function runAndWatch(node, args) {
  const parent = process.ppid;
  const PATH = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(':');
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH } });
  // Ctrl-C in a terminal reaches the whole group by itself; a second one would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}
