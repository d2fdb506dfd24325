/**
 * The page behind a code on a pack, rendered by Svelte without Kit, session or frame (docs/decisions/0052): buyers
 * come once, on cheap phones, and everything comes in one answer. Part of the pages' bundle, handed to the server.
 */
import { createHash } from 'node:crypto';
import type { CommuneRef, Ctx, Locale } from '#kernel/context';
import { isAppError } from '#kernel/errors';
import { localDateOf } from '#kernel/time';
import { render } from 'svelte/server';
import ScanMissing from '../domains/trace/scan/ScanMissing.svelte';
import ScanPage from '../domains/trace/scan/ScanPage.svelte';
import {
  standingOf,
  storyOf,
  type Asked,
  type LotStory,
  type Standing,
} from '../domains/trace/scan/scan.queries.ts';
import { viewOf } from '../domains/trace/scan/view.ts';
import tokens from '../ui/tokens.css?raw';
import { runAs, type Runtime } from './runtime.ts';
import template from './scan.html?raw';

export type ScanAsked = { asked: Asked | null; path: string; locale: Locale; requestId: string };
export type ScanAnswer = {
  status: number;
  html: string;
  headers: Record<string, string>;
  /** The lot that was found, to be counted. */
  lotId: string | null;
};

/** What of a lot's life is kept in mind; how it stands is asked anew each time. */
const KEPT_MS = 30_000;
const MOST_KEPT = 2_000;
const stories = new Map<string, { until: number; story: LotStory }>();

/** @param asked null for an address that is no valid link */
export async function answerScan(
  runtime: Runtime,
  commune: CommuneRef,
  { asked, path, locale, requestId }: ScanAsked,
): Promise<ScanAnswer> {
  const caller = { commune, actor: { kind: 'anonymous' }, locale, requestId } as const;
  const read = <T>(work: (ctx: Ctx) => Promise<T>) => runAs(runtime, caller, work, { readOnly: true });
  const found = asked && (await read((ctx) => findPack(ctx, asked)));
  if (!asked || !found) return missing(asked === null ? 'bad' : 'unknown', locale, path);
  const { standing, story } = found;
  const { name, demo } = commune;
  const given = { asked, path, standing, story, commune: name, demo, today: localDateOf(new Date()) };
  return { ...drawn(given, locale), status: 200, lotId: standing.lotId };
}

/** Pages of a story that were drawn already: the same story, standing, day and language is the same page. */
const pages = new WeakMap<LotStory, Map<string, ReturnType<typeof page>>>();
/** Of one lot: packs of the same lot differ by their numbers. */
const MOST_DRAWN = 40;

function drawn(given: Parameters<typeof viewOf>[0], locale: Locale): ReturnType<typeof page> {
  const { story, standing, path, today } = given;
  const known = pages.get(story) ?? new Map<string, ReturnType<typeof page>>();
  pages.set(story, known);
  const key = JSON.stringify([locale, path, today, standing]);
  const before = known.get(key);
  if (before) return before;
  const made = page(render(ScanPage, { props: { view: viewOf(given, locale) } }), locale);
  if (known.size >= MOST_DRAWN) known.clear();
  known.set(key, made);
  return made;
}

async function findPack(ctx: Ctx, asked: Asked): Promise<{ standing: Standing; story: LotStory } | null> {
  try {
    const standing = await standingOf(ctx, asked);
    return { standing, story: await keptStory(ctx, standing.lotId) };
  } catch (thrown) {
    if (isAppError(thrown) && thrown.status === 404) return null;
    throw thrown;
  }
}

async function keptStory(ctx: Ctx, lotId: string): Promise<LotStory> {
  const key = `${ctx.commune.id} ${lotId}`;
  const known = stories.get(key);
  const now = ctx.now.getTime();
  if (known && known.until > now) return known.story;
  const story = await storyOf(ctx, lotId);
  stories.delete(key);
  if (stories.size >= MOST_KEPT) stories.delete(stories.keys().next().value!);
  stories.set(key, { until: now + KEPT_MS, story });
  return story;
}

function missing(why: 'bad' | 'unknown', locale: Locale, path: string): ScanAnswer {
  const missed = render(ScanMissing, { props: { why, locale, path } });
  return { ...page(missed, locale), status: why === 'bad' ? 400 : 404, lotId: null };
}

/** Policies by the styles that a page brings; there are two. */
const policies = new Map<string, string>();

function page({ head, body }: { head: string; body: string }, locale: Locale) {
  const parts: Record<string, string> = {
    '%lang%': locale,
    '%tokens%': tokensFor(head),
    '%head%': head,
    '%body%': body,
  };
  const html = template.replace(/%(?:lang|tokens|head|body)%/g, (name) => parts[name] ?? name);
  return {
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyFor(html),
      'cache-control': 'no-cache',
      vary: 'accept-language, accept',
    },
  };
}

const DECLARED = new Map(
  [...tokens.slice(0, tokens.indexOf('@media')).matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(
    ([, name = '', value = '']) => [name, value.replaceAll(/\s+/g, ' ')],
  ),
);
const shortTokens = new Map<string, string>();

/** Of the house's tokens those that the page uses: twenty instead of a hundred. */
function tokensFor(head: string): string {
  const styles = [...head.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, text = '']) => text).join('');
  const known = shortTokens.get(styles);
  if (known !== undefined) return known;
  const used = new Set([...styles.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = '']) => name));
  const text = `:root{${[...used].map((name) => `${name}:${DECLARED.get(name) ?? 'initial'}`).join(';')}}`;
  shortTokens.set(styles, text);
  return text;
}

/** Nothing is loaded but the picture; the styles in the page are those whose hashes stand here. */
function policyFor(html: string): string {
  const styles = [...html.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, text = '']) => text);
  const key = styles.join('\n');
  const known = policies.get(key);
  if (known !== undefined) return known;
  const hashes = styles.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const policy = `default-src 'none'; img-src 'self'; style-src ${hashes.join(' ')}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
  policies.set(key, policy);
  return policy;
}
