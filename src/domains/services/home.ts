/** What the commune's home page shows of the one-stop desk: what people file most, and how the desk does this year. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { formatDate, formatNumber } from '#kernel/format';
import { allow } from '#kernel/rights';
import { addDays, localDateOf, startOfDay, yearOf, yearRange } from '#kernel/time';
import { tileOf, type Tile } from './figures/board.ts';
import { MEASURES } from './figures/measures.ts';
import { publishedOn } from './procedure.queries.ts';
import { procedureFacts, procedureName } from './words.ts';

const POPULAR_DAYS = 90;
const MOST_POPULAR = 6;
/** What communes are asked for most everywhere; shown while there is nothing to count yet. */
const USUAL = ['1.001193', '2.000815', '1.004873', '1.000894', '2.000635', '1.004222'];
const TILES = [
  'services.dossiers.received',
  'services.dossiers.on_time_share',
  'services.dossiers.online_share',
];

export type HomeTile = {
  label: string;
  value: string | null;
  detail?: string;
  asOf: string;
  records?: { href: string; label: string };
};
export type HomeServices = {
  popular: { href: string; title: string; facts: string }[];
  figures: HomeTile[];
};

/** The front page is asked for far more often than its figures change. */
const KEPT_MS = 60_000;
const kept = new Map<string, { at: number; found: HomeServices }>();

/** Worded for the reader; at most a minute old. */
export async function homeServices(ctx: Ctx): Promise<HomeServices> {
  allow(ctx, 'services.figures.see');
  const key = `${ctx.commune.id}/${ctx.locale}`;
  const known = kept.get(key);
  const age = known ? ctx.now.getTime() - known.at : KEPT_MS;
  if (known && age >= 0 && age < KEPT_MS) return known.found;
  const found = { popular: await popularProcedures(ctx), figures: await yearTiles(ctx) };
  kept.set(key, { at: ctx.now.getTime(), found });
  return found;
}

/** Filed most in the last ninety days. */
async function popularProcedures(ctx: Ctx): Promise<HomeServices['popular']> {
  const today = localDateOf(ctx.now);
  const rows = await ctx.db
    .selectFrom('services_dossier')
    .select(['procedure_code', (q) => q.fn.countAll<bigint>().as('filed')])
    .where('commune_id', '=', ctx.commune.id)
    .where('filed_at', '>=', startOfDay(addDays(today, -POPULAR_DAYS)))
    .groupBy('procedure_code')
    .orderBy('filed', 'desc')
    .orderBy('procedure_code')
    .limit(MOST_POPULAR)
    .execute();
  const versions = new Map((await publishedOn(ctx, today)).map((version) => [version.code, version]));
  const codes = [...new Set([...rows.map((row) => row.procedure_code), ...USUAL])];
  return codes
    .flatMap((code) => versions.get(code) ?? [])
    .slice(0, MOST_POPULAR)
    .map((version) => ({
      href: localizeHref(`/services/procedures/${version.code}`),
      title: procedureName(version, ctx.locale),
      facts: procedureFacts(version, ctx.locale),
    }));
}

/** This year up to today; each opens the records that it counted. */
async function yearTiles(ctx: Ctx): Promise<HomeTile[]> {
  const asOf = localDateOf(ctx.now);
  const question = { asOf, from: yearRange(yearOf(asOf)).first, scope: 'commune' };
  const tiles: HomeTile[] = [];
  for (const name of TILES) {
    const measure = MEASURES.find((one) => one.name === name)!;
    tiles.push(worded(await tileOf(ctx, measure, question, '/services/figures'), ctx));
  }
  return tiles;
}

function worded(tile: Tile, { locale, now }: Ctx): HomeTile {
  const count = (value: number) => formatNumber(value, { locale });
  return {
    label: tile.title,
    value: tile.display,
    ...(tile.denominator === null
      ? {}
      : { detail: m.services_home_of({ part: count(tile.numerator), all: count(tile.denominator) }) }),
    asOf: m.services_home_this_year({ until: formatDate(now, locale) }),
    ...(tile.display === null
      ? {}
      : { records: { href: localizeHref(tile.records), label: m.app_home_records() } }),
  };
}
