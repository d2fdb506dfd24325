/**
 * The page behind a code on a pack, rendered by Svelte without Kit, session or frame (docs/decisions/0052): buyers
 * come once, on cheap phones, and everything comes in one answer. Part of the pages' bundle, handed to the server.
 */
import { createHash } from 'node:crypto';
import type { CommuneRef, Ctx, Locale } from '#kernel/context';
import { localDateOf } from '#kernel/time';
import { render } from 'svelte/server';
import ScanMissing from '../domains/trace/scan/ScanMissing.svelte';
import ScanPage from '../domains/trace/scan/ScanPage.svelte';
import {
  standingsOf,
  storyOf,
  type Asked,
  type LotStory,
  type Standing,
} from '../domains/trace/scan/scan.queries.ts';
import { viewOf } from '../domains/trace/scan/view.ts';
import tokens from '../ui/tokens.css?raw';
import { packing, type Body } from './packed.ts';
import { runAs, type Runtime } from './runtime.ts';
import template from './scan.html?raw';
import { together } from './together.ts';

export type ScanAsked = { asked: Asked | null; path: string; locale: Locale };
export type ScanAnswer = {
  status: number;
  headers: Record<string, string>;
  body: Body;
  /** The lot that was found, to be counted. */
  lotId: string | null;
};

/** What of a lot's life is kept in mind; how it stands is asked anew each time. */
const KEPT_MS = 30_000;
const MOST_KEPT = 2_000;
const stories = new Map<string, { until: number; story: Promise<LotStory> }>();
/** One way to ask for each commune, of those that are scanned at the same moment together. */
const standings = new WeakMap<CommuneRef, (asked: Asked) => Promise<Standing | null>>();

/** @param asked null for an address that is no valid link */
export async function answerScan(
  runtime: Runtime,
  commune: CommuneRef,
  { asked, path, locale }: ScanAsked,
): Promise<ScanAnswer> {
  const standing = asked && (await standingNow(runtime, commune, asked));
  if (!asked || !standing) return missing(asked === null ? 'bad' : 'unknown', locale, path);
  const story = await keptStory(runtime, commune, standing.lotId);
  const { name, demo } = commune;
  const given = { asked, path, standing, story, commune: name, demo, today: localDateOf(new Date()) };
  return { ...answerOf(given, locale), status: 200, lotId: standing.lotId };
}

/** Always read after it was asked, never kept: a recall shows at the next scan. */
function standingNow(runtime: Runtime, commune: CommuneRef, asked: Asked): Promise<Standing | null> {
  let ask = standings.get(commune);
  if (!ask) {
    ask = together((questions: readonly Asked[]) =>
      readAsStranger(runtime, commune, (ctx) => standingsOf(ctx, questions)),
    );
    standings.set(commune, ask);
  }
  return ask(asked);
}

function readAsStranger<T>(
  runtime: Runtime,
  commune: CommuneRef,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  return runAs(runtime, { commune, actor: { kind: 'anonymous' } }, work, { readOnly: true });
}

/** Whoever asks while a story is being read waits for the same. */
function keptStory(runtime: Runtime, commune: CommuneRef, lotId: string): Promise<LotStory> {
  const key = `${commune.id} ${lotId}`;
  const known = stories.get(key);
  const now = Date.now();
  if (known && known.until > now) return known.story;
  const story = readAsStranger(runtime, commune, (ctx) => storyOf(ctx, lotId));
  stories.delete(key);
  if (stories.size >= MOST_KEPT) stories.delete(stories.keys().next().value!);
  stories.set(key, { until: now + KEPT_MS, story });
  story.catch(() => stories.delete(key));
  return story;
}

type Given = Parameters<typeof viewOf>[0];
type Drawn = { headers: Record<string, string>; bodyFor: (serial: string) => Body };

/** Pages of a story that were drawn already: the same story, standing, day and language is the same page. */
const pages = new WeakMap<LotStory, Map<string, Drawn>>();
/** Of one lot: languages, days, and what is said of a pack's number. */
const MOST_DRAWN = 40;
/** Stands for the number of a pack: the packs of a lot differ by nothing else, and their numbers stand at the end. */
const SOME_SERIAL = 'SERIAL0SERIAL0SERIAL';

function answerOf(given: Given, locale: Locale): Pick<ScanAnswer, 'headers' | 'body'> {
  const { asked, path } = given;
  const { serial } = asked;
  const plain = serial === null || (/^[A-Z0-9]{1,20}$/.test(serial) && path.endsWith(`/21/${serial}`));
  if (!plain) {
    const { headers, bodyFor } = draw(given, locale);
    return { headers, body: bodyFor('') };
  }
  const like =
    serial === null
      ? given
      : {
          ...given,
          asked: { ...asked, serial: SOME_SERIAL },
          path: path.slice(0, -serial.length) + SOME_SERIAL,
        };
  const { headers, bodyFor } = drawnBefore(like, locale);
  return { headers, body: bodyFor(serial ?? '') };
}

function drawnBefore(given: Given, locale: Locale): Drawn {
  const { story, standing, path, today } = given;
  const known = pages.get(story) ?? new Map<string, Drawn>();
  pages.set(story, known);
  const key = JSON.stringify([locale, path, today, standing]);
  const before = known.get(key);
  if (before) return before;
  const made = draw(given, locale);
  if (known.size >= MOST_DRAWN) known.clear();
  known.set(key, made);
  return made;
}

function draw(given: Given, locale: Locale): Drawn {
  return drawn(render(ScanPage, { props: { view: viewOf(given, locale) } }), locale);
}

function missing(why: 'bad' | 'unknown', locale: Locale, path: string): ScanAnswer {
  const { headers, bodyFor } = drawn(render(ScanMissing, { props: { why, locale, path } }), locale);
  return { headers, body: bodyFor(''), status: why === 'bad' ? 400 : 404, lotId: null };
}

/** Policies by the styles that a page brings; there are two. */
const policies = new Map<string, string>();

function drawn({ head, body }: { head: string; body: string }, locale: Locale): Drawn {
  const parts: Record<string, string> = {
    '%lang%': locale,
    '%tokens%': tokensFor(head),
    '%head%': head,
    '%body%': body,
  };
  const html = template.replace(/%(?:lang|tokens|head|body)%/g, (name) => parts[name] ?? name);
  const [same = '', ...rest] = html.split(SOME_SERIAL);
  const pageWith = packing(same);
  const alone = rest.length === 0 ? pageWith('') : null;
  return {
    bodyFor: (serial) => alone ?? pageWith(serial + rest.join(serial)),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyFor(html),
      'cache-control': 'no-cache',
      vary: 'accept-language, accept, accept-encoding',
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
