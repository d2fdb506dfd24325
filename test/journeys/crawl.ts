/** Walks from page to page as a person with a mouse would, and says what is wrong with each. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { readAddress } from '#app/urls';

/** HTML and CSS of a public page, compressed (architecture: people on slow phones). */
const MOST_BYTES = 15_000;
const VISITS_A_PATTERN = 2;
const MOST_PAGES = 150;

export type Crawl = {
  page: Page;
  base: string;
  /** Where the walk begins: public addresses. */
  from: readonly string[];
  /** Pages for everybody: held to the budget, and to no script at all. */
  open: boolean;
  /** Links that are not followed. */
  skip?: (path: string) => boolean;
};

type Found = { path: string; from: string };

/** Follows every link inside the site, each kind of page twice at most. @returns what is wrong, page by page */
export async function crawl(given: Crawl): Promise<{ visited: string[]; faults: string[] }> {
  const { page, base, from, skip = () => false } = given;
  const faults: string[] = [];
  const complaints = listen(page);
  const queue: Found[] = from.map((path) => ({ path, from: 'start' }));
  const known = new Set(from);
  const visits = new Map<string, number>();
  const visited: string[] = [];
  for (let next = queue.shift(); next && visited.length < MOST_PAGES; next = queue.shift()) {
    const kind = patternOf(next.path);
    const times = visits.get(kind) ?? 0;
    if (times >= VISITS_A_PATTERN) continue;
    visits.set(kind, times + 1);
    visited.push(next.path);
    const { links, wrong } = await visit(given, next.path, times === 0);
    for (const fault of [...wrong, ...complaints.splice(0)])
      faults.push(`${next.path} (from ${next.from}): ${fault}`);
    for (const link of links) {
      const path = insidePath(link, base);
      if (path === null || known.has(path) || skip(path)) continue;
      known.add(path);
      queue.push({ path, from: next.path });
    }
  }
  return { visited, faults };
}

/** What the browser complains about: errors of scripts, refusals of the policy, things not found. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  return complaints;
}

/** One kind of page: the room's own path without ids, codes and values. */
function patternOf(path: string): string {
  const url = new URL(path, 'http://x');
  const { inner, locale } = readAddress(url.pathname);
  const plain = inner
    .split('/')
    .map((part) => (/\d/.test(part) ? '*' : part))
    .join('/');
  return [locale, plain, ...new Set(url.searchParams.keys())].join(' ');
}

function insidePath(link: string, base: string): string | null {
  const url = new URL(link, base);
  return url.origin === base ? url.pathname + url.search : null;
}

async function visit(given: Crawl, path: string, withAxe: boolean) {
  const { page, base, open } = given;
  const answer = await page.context().request.get(base + path);
  const type = answer.headers()['content-type'] ?? '';
  if (answer.status() !== 200) return { links: [], wrong: [`answers ${answer.status()}`] };
  if (!type.includes('text/html')) return { links: [], wrong: [] };
  const html = await answer.text();
  const wrong = faultsOf(html, open);
  wrong.push(...strangeScripts(html, answer.headers()['content-security-policy'] ?? ''));
  if (open) wrong.push(...(await overweight(page.context(), base, html)));
  await page.goto(base + path);
  const links = await page
    .locator('a[href]')
    .evaluateAll((all) => all.map((link) => (link as unknown as { href: string }).href));
  if (withAxe) wrong.push(...(await axeFaults(page)));
  return { links, wrong };
}

function faultsOf(html: string, open: boolean): string[] {
  const wrong: string[] = [];
  const headings = html.match(/<h1[\s>]/g)?.length ?? 0;
  if (!/<html[^>]* lang="(vi|en)"/.test(html)) wrong.push('no language');
  if (!/<title>[^<]+<\/title>/.test(html)) wrong.push('no title');
  if (headings !== 1) wrong.push(`${headings} h1`);
  if (open && html.includes('<script')) wrong.push('a script on a public page');
  if (/<[a-z][^>]*\son[a-z]+="/.test(html)) wrong.push('an inline handler');
  return wrong;
}

/** Inline scripts that the page's own policy does not name: a page that is drawn on in the browser begins with one it names. */
function strangeScripts(html: string, policy: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\s(?:src|nonce)=)[^>]*>([\s\S]*?)<\/script>/g)]
    .map(([, text = '']) => createHash('sha256').update(text).digest('base64'))
    .filter((hash) => !policy.includes(`'sha256-${hash}'`))
    .map(() => 'an inline script');
}

const sheets = new Map<string, number>();

async function overweight(context: BrowserContext, base: string, html: string): Promise<string[]> {
  let bytes = gzipSync(html).length;
  for (const [tag] of html.matchAll(/<link[^>]*>/g)) {
    const href = /href="([^"]+)"/.exec(tag)?.[1];
    if (!href || !/rel="?stylesheet/.test(tag)) continue;
    const { href: address } = new URL(href, `${base}/`);
    if (!sheets.has(address)) {
      const sheet = await context.request.get(address);
      sheets.set(address, gzipSync(await sheet.body()).length);
    }
    bytes += sheets.get(address)!;
  }
  return bytes > MOST_BYTES ? [`${bytes} bytes of HTML and CSS`] : [];
}

/** What axe calls serious or critical. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
