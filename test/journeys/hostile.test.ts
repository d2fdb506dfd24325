/** The pages as a hostile or clumsy program meets them: whatever is sent, no page answers with a fault of ours. */
import { globSync } from 'node:fs';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { writeAddress } from '#app/urls';
import { useStage } from './stage.ts';

const stage = useStage();
const UNKNOWN = '01900000-0000-7000-8000-000000000009';
const PARTS = [UNKNOWN, '%00', 'a%00b', '%ff', '%', '..%2f..%2fetc', 'constructor', '__proto__', '2.000815'];
const QUERIES = [
  ['done', '__proto__'],
  ['done', 'constructor'],
  ['q', '\0'],
  ['code', '\0'],
  ['page', '1e308'],
  ['page', '-1'],
  ['view', 'constructor'],
  ['scope', 'hamlet:\0'],
  ['measure', '__proto__'],
  ['as_of', '9999-12-31'],
  ['from', 'x'.repeat(3_000)],
  ['year', '-1'],
] as const;
const BODIES = [
  ['x', 'text/plain'],
  ['{}', 'application/json'],
  ['--x\r\nbroken', 'multipart/form-data; boundary=x'],
  ['', 'multipart/form-data; boundary=x'],
  ['--x--\r\n', 'multipart/form-data'],
  ['a=%ff&b=%&=&&', 'application/x-www-form-urlencoded'],
] as const;

const folders = globSync('src/domains/**/+{page,server,page.server}.{svelte,ts}').map((path) =>
  path.replace(/^src\/domains/, '').replace(/\/\+[^/]+$/, ''),
);
const routes = [...new Set(folders)].map((inner) => writeAddress({ inner: inner || '/', locale: 'vi' }));

function addresses(): string[] {
  const filled = routes.flatMap((route) =>
    (route.includes('[') ? PARTS : ['']).map((part) => route.replaceAll(/\[[^\]]+\]/g, part)),
  );
  const asked = routes.flatMap((route) =>
    QUERIES.map(
      ([name, word]) => `${route.replaceAll(/\[[^\]]+\]/g, '2.000815')}?${name}=${encodeURIComponent(word)}`,
    ),
  );
  return [...filled, ...asked];
}

async function cookiesOf(key: string): Promise<string> {
  const page = await stage.official(key);
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** @returns the requests that were answered by a fault of ours, or by words that say nothing */
async function faultsOf(paths: readonly string[], init: (path: string) => RequestInit): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    const response = await fetch(stage.base + path, { redirect: 'manual', ...init(path) });
    const text = await response.text();
    if (response.status >= 500) faults.push(`${response.status} ${path}`);
    if (/\[object Object\]|node_modules|undefined ký tự/.test(text)) faults.push(`words of ${path}`);
  }
  return faults;
}

test('no address is a fault of ours, whoever asks', async () => {
  for (const key of [null, 'mot-cua-1', 'quan-tri']) {
    const cookie = key === null ? '' : await cookiesOf(key);
    expect(await faultsOf(addresses(), () => ({ headers: { cookie, accept: 'text/html' } }))).toEqual([]);
  }
});

test('no form is a fault of ours, however it is sent', async () => {
  const paths = routes.map((route) => route.replaceAll(/\[[^\]]+\]/g, '2.000815'));
  const sent = paths.flatMap((path) => [path, `${path}?/nothing`, `${path}?/save`, `${path}?/__proto__`]);
  const cookie = await cookiesOf('quan-tri');
  for (const [body, type] of BODIES) {
    const headers = { cookie, accept: 'text/html', origin: stage.base, 'content-type': type };
    expect(await faultsOf(sent, () => ({ method: 'POST', body, headers })), type).toEqual([]);
  }
});

test('tracking says by its status whether it found anything', async () => {
  expect((await fetch(`${stage.base}/tra-cuu`)).status).toBe(200);
  for (const code of ['XXXX-XXXX', 'H55.242-260101-0001', '%00'])
    expect((await fetch(`${stage.base}/tra-cuu?code=${code}`)).status, code).toBe(404);
});

/** @returns the status of an address as it stands, which `fetch` would have tidied up first */
function statusOf(path: string): Promise<number> {
  const { hostname, port } = new URL(stage.base);
  return new Promise((done, fail) => {
    const asked = request({ hostname, port, path }, (response) => {
      response.resume();
      done(response.statusCode!);
    });
    asked.on('error', fail).end();
  });
}

test('an address that no browser would send is refused, not a fault of ours', async () => {
  for (const path of [
    String.raw`/\x:99999999`,
    String.raw`/\\`,
    '/%',
    '/tra-cuu?code=%ff#',
    '/;:@[',
    '/x:y@z:1',
  ])
    expect(await statusOf(path), path).toBeLessThan(500);
});
