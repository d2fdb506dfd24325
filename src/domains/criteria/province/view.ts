/** The comparison of communes in words, for its pages and the API. */
import { m } from '#i18n/messages';
import type { Ctx, Locale } from '#kernel/context';
import { formatDate, formatNumber } from '#kernel/format';
import { allow } from '#kernel/rights';
import { catalogSets, SMART_COMMUNE } from '../catalog.ts';
import { indicatorsOf, type Indicator, type SetFile } from '../set.ts';
import { amountWords } from '../words.ts';
import { needsOf, ranked, SORTS, sorted, stripOf, type Need, type Ranked, type Sort } from './compare.ts';
import { placedIn } from './map.ts';
import { listPublished, mayReview, reviewPublished, type Publication } from './published.queries.ts';

/** Only sets of the catalogue are the same everywhere, and can be compared. Read once. */
let catalogue: SetFile[] | undefined;
export function comparedSets(): SetFile[] {
  catalogue ??= catalogSets().filter(({ level }) => level === 'commune');
  return catalogue;
}

export type Question = { set: SetFile; group: number | null; sort: Sort };

export function questionIn(query: URLSearchParams): Question {
  const sets = comparedSets();
  const wanted = query.get('set') ?? SMART_COMMUNE;
  const group = Number(query.get('group'));
  return {
    set: sets.find(({ code }) => code === wanted) ?? sets[0]!,
    group: [1, 2, 3].includes(group) ? group : null,
    sort: SORTS.find((one) => one === query.get('sort')) ?? 'reached',
  };
}

/** What the reader may see: on the province's own site everything published to it, elsewhere what is public. */
export async function readComparison(ctx: Ctx, { set }: Question): Promise<Publication[]> {
  allow(ctx, 'criteria.province.see');
  return mayReview(ctx) ? reviewPublished(ctx, set.code) : listPublished(ctx, set.code);
}

type Board = Ranked<Publication>;
export type MapPoint = { key: string; name: string; x: number; y: number; shade: number };

export function comparisonView(found: readonly Publication[], asked: Question, locale: Locale) {
  const all = ranked(found);
  const boards = sorted(
    all.filter(({ group }) => asked.group === null || group === asked.group),
    asked.sort,
  );
  const lines = new Map(indicatorsOf(asked.set).map((one) => [one.code, one]));
  const reached = boards.map(({ totals }) => totals.indicators.reached);
  return {
    set: asked.set.code,
    title: asked.set.title[locale],
    verified: asked.set.verified,
    group: asked.group,
    sort: asked.sort,
    sets: comparedSets().map(({ code, title }) => ({ value: code, label: title[locale] })),
    communes: formatNumber(boards.length, { locale }),
    middle: boards.length === 0 ? null : formatNumber(medianOf(reached), { locale }),
    rows: boards.map((board) => rowView(board, locale)),
    needs: needsOf(boards).map((need) => needView(need, lines.get(need.code), locale)),
    points: pointsOf(boards),
    unplaced: boards.filter(({ at }) => at === null).map(({ commune }) => commune),
  };
}
export type ComparisonView = ReturnType<typeof comparisonView>;

function rowView(board: Board, locale: Locale) {
  const { themes, objectives, indicators } = board.totals;
  const of = ({ reached, all }: { reached: number; all: number }) => `${reached}/${all}`;
  return {
    key: board.id,
    name: board.commune,
    group: String(board.group),
    day: formatDate(board.asOf, locale),
    how: board.live ? m.criteria_published_live({}, { locale }) : m.criteria_published_signed({}, { locale }),
    toProvince: board.reach === 'province',
    themes: of(themes),
    objectives: of(objectives),
    indicators: of(indicators),
    place: m.criteria_place({ place: board.place, of: board.ofGroup }, { locale }),
    small: board.small,
    hidden: board.hidden,
    strip: stripOf(board),
  };
}

function needView({ code, communes, short, furthest }: Need, line: Indicator | undefined, locale: Locale) {
  return {
    code,
    text: line?.text[locale] ?? code,
    short: m.criteria_need_short({ short, communes }, { locale }),
    furthest: furthest.map(
      (one) =>
        `${one.commune} (${line ? amountWords(line, one.value, locale) : one.value}${one.small ? ` ${m.criteria_small_mark({}, { locale })}` : ''})`,
    ),
  };
}

function pointsOf(boards: readonly Board[]): MapPoint[] {
  const placed = boards.flatMap((board) => (board.at ? [{ board, at: board.at }] : []));
  const places = placedIn(placed.map(({ at }) => at));
  return placed.map(({ board }, index) => ({
    key: board.id,
    name: board.commune,
    ...places[index]!,
    shade: shadeOf(board.totals.indicators),
  }));
}

/** Four shades: less than half, to three quarters, less than all, all. */
function shadeOf({ reached, all }: { reached: number; all: number }): number {
  const share = all === 0 ? 0 : reached / all;
  return share < 0.5 ? 0 : share < 0.75 ? 1 : share < 1 ? 2 : 3;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}
