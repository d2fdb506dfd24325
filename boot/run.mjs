// The bootstrap: plain JavaScript that Node 18 understands, with nothing but Node's own modules, because
// it runs before node_modules exists. It installs from the lockfile when needed, picks a Node ≥ 24.12, makes
// the message functions and runs the given TypeScript file on it. It stays alive as the parent (Node 20 has no execve): it forwards
// signals, and when npm goes away it stops the child, so that nothing is left behind.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const parents = npmParents();
const INSTALLING = '.xa-installing';
const [script = ''] = process.argv.slice(2);
// Before the long work: nobody should wait two minutes to hear that the port is taken.
if (script.endsWith('/start.ts'))
  await checkPort(Number(process.env.PORT || 3000), process.env.HOST || '0.0.0.0');
await installFromLockfile();
const node24 = findNode24();
generateWords(node24);
runAndWatch(node24, process.argv.slice(2));

async function checkPort(port, host) {
  if (!Number.isInteger(port) || port < 1 || port > 65535) return;
  const taken = await new Promise((done) => {
    const probe = createServer();
    probe.once('error', (thrown) => done(thrown.code === 'EADDRINUSE' || thrown.code === 'EACCES'));
    probe.listen(port, host, () => probe.close(() => done(false)));
  });
  if (!taken) return;
  console.error(`
  Cổng ${port} đang được dùng (có thể chính Xã Số đang chạy: thử mở http://localhost:${port}).
  Chạy với cổng khác: PORT=${port + 1} npm start

  Port ${port} is taken (perhaps by Xã Số itself: try http://localhost:${port}).
  Start with another one: PORT=${port + 1} npm start
`);
  process.exit(1);
}

async function installFromLockfile() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const stamp = join('node_modules', '.xa-lock');
  const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (installed()) return;
  const release = takeInstallLock();
  const code = installed() ? 0 : await runNpmCi();
  if (code === 0) writeFileSync(stamp, wanted);
  release();
  if (code === 0) return;
  console.error('npm ci did not succeed; see the lines above. Nothing was started.');
  process.exit(code);
}

/** @returns its exit code; a signal, or the loss of our parent, ends it together with us */
function runNpmCi() {
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
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const began = Date.now();
  const ticker = setInterval(() => console.log(`  … ${Math.round((Date.now() - began) / 1000)} s`), 15_000);
  const unwatch = watchParent(child);
  return new Promise((done) => {
    child.on('error', (thrown) => console.error(thrown.message));
    child.on('close', (code, signal) => {
      clearInterval(ticker);
      unwatch();
      done(signal ? 130 : (code ?? 1));
    });
  });
}

/** Two installations at once would delete each other's files: the second waits for the first. */
function takeInstallLock() {
  for (let told = false; ; told = true) {
    try {
      writeFileSync(INSTALLING, String(process.pid), { flag: 'wx' });
      return () => rmSync(INSTALLING, { force: true });
    } catch (thrown) {
      if (thrown.code !== 'EEXIST') throw thrown;
    }
    const holder = existsSync(INSTALLING) ? readFileSync(INSTALLING, 'utf8') : '';
    if (holder !== '' && !isBootstrap(holder)) rmSync(INSTALLING, { force: true });
    else if (!told) console.log('• Chờ một lần cài đặt khác xong (waiting for another installation) …');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isBootstrap(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('run.mjs');
  } catch {
    return false;
  }
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

/** The program's own modules import the message functions: they must be there before any of it is loaded. */
function generateWords(node) {
  const hash = createHash('sha256').update(readFileSync('project.inlang/settings.json'));
  for (const file of messageFiles('src')) hash.update(file).update(readFileSync(file));
  const wanted = hash.digest('hex');
  const stamp = join('node_modules', '.xa-words');
  const made = existsSync(join('src', 'paraglide', 'messages.js'));
  if (made && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const done = spawnSync(node, ['src/app/generate.ts'], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) process.exit(done.status ?? 1);
  writeFileSync(stamp, wanted);
}

function messageFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'paraglide' ? [] : messageFiles(path);
      return folder.endsWith('messages') && entry.name.endsWith('.json') ? [path] : [];
    })
    .sort();
}

function runAndWatch(node, args) {
  const PATH = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(':');
  const env = { ...process.env, PATH, XA_BOOT: String(process.pid) };
  const child = spawn(node, args, { stdio: 'inherit', env });
  watchParent(child);
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}

/**
 * Under npm our parent is a shell and its parent is npm: a signal to npm may end either without a word to us.
 * Started directly (a service unit, nohup) nobody but a signal stops us, and this is always the same.
 */
function npmParents() {
  if (!process.env.npm_lifecycle_event) return '';
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')')).split(' ')[2]}`;
  } catch {
    return String(process.ppid);
  }
}

/** Hands signals on to the child, and stops it when npm goes away. */
function watchParent(child) {
  const handlers = {
    // Ctrl-C in a terminal reaches the whole group by itself; a second one would mean "at once".
    SIGINT: () => process.stdin.isTTY || child.kill('SIGINT'),
    SIGTERM: () => child.kill('SIGTERM'),
    SIGHUP: () => child.kill('SIGTERM'),
  };
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler);
  const timer = setInterval(() => npmParents() !== parents && child.kill('SIGTERM'), 500);
  timer.unref();
  return () => {
    clearInterval(timer);
    for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler);
  };
}
