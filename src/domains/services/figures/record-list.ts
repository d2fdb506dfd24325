/** The list behind a number, as a page and as a file. */
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { formatDate } from '#kernel/format';
import { displayValue, type Measure, type MeasurePart, type MeasureRecord } from '#kernel/measures';
import { allow } from '#kernel/rights';
import { STATES, type State } from '../dossier/dossier.ts';
import { stateWords } from '../words.ts';
import { namesOf } from './board.ts';
import { channelWords, spanWords } from './figure-words.ts';
import { GROUPS, type Group } from './grouped.ts';
import { MEASURES } from './measures.ts';
import { askedBy, type Asked } from './question.ts';

const PER_PAGE = 50;
const LAST_PAGE = 10_000;
/** A file of more rows is no list that a person reads. */
export const MOST_ROWS = 20_000;

/** What a page of records is asked for. */
export type AskedList = Asked & { measure: Measure; part: MeasurePart; page: number };

/**
 * Reads the address of a list.
 * @param audience `public`: neither measures nor scopes of officials
 * @throws AppError `measures.not_found` (404)
 */
export function askedList(query: URLSearchParams, now: Date, audience: Measure['audience']): AskedList {
  const measure = mustExist(
    MEASURES.find(
      (one) => one.name === query.get('measure') && (audience === 'staff' || one.audience === 'public'),
    ),
    'measures',
  );
  const kinds = measure.scopes.filter((kind) => audience === 'staff' || kind !== 'officer');
  const part = query.get('part') === 'denominator' ? 'denominator' : 'numerator';
  const page = Math.min(Math.max(Math.trunc(Number(query.get('page'))) || 1, 1), LAST_PAGE);
  return { ...askedBy(query, now, kinds), measure, part, page };
}

export type RecordLine = {
  id: string;
  /** The day of reception; of a slip the month. */
  day: string;
  label: string;
  href: string | null;
  channel: string;
  state: string;
  points: string;
};

/** One page of a list, worded for the reader. */
export async function recordPage(ctx: Ctx, asked: AskedList) {
  allow(ctx, 'services.figures.see');
  const { measure, question, part, page } = asked;
  const computed = await measure.compute(ctx, question);
  const offset = (page - 1) * PER_PAGE;
  const { total, records } = await measure.list(ctx, question, part, { offset, limit: PER_PAGE });
  return {
    name: measure.name,
    title: measure.title[ctx.locale],
    meaning: measure.meaning[ctx.locale],
    display: displayValue(measure.unit, computed, ctx.locale),
    hasParts: computed.denominator !== null,
    slips: !measure.scopes.includes('channel'),
    part,
    span: spanWords(question, ctx.locale),
    place: await placeWords(ctx, question.scope),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    first: total === 0 ? 0 : offset + 1,
    last: Math.min(total, offset + records.length),
    lines: records.map((record) => lineOf(ctx, record)),
  };
}

/** The whole list, for a file. @returns at most {@link MOST_ROWS} lines */
export async function recordLines(ctx: Ctx, asked: AskedList): Promise<RecordLine[]> {
  allow(ctx, 'services.figures.see');
  const { records } = await asked.measure.list(ctx, asked.question, asked.part, {
    offset: 0,
    limit: MOST_ROWS,
  });
  return records.map((record) => lineOf(ctx, record));
}

function lineOf(ctx: Ctx, { id, at, label, href, columns }: MeasureRecord): RecordLine {
  const { channel, state, points } = columns;
  return {
    id,
    day: points ? formatDate(at, ctx.locale).slice(3) : formatDate(at, ctx.locale),
    label,
    href,
    channel: channel ? channelWords(channel, ctx.locale) : '',
    state: state && state in STATES ? stateWords(state as State) : '',
    points: points ?? '',
  };
}

/** The part of the commune in words; null for the whole. */
export async function placeWords(ctx: Ctx, scope: string): Promise<string | null> {
  allow(ctx, 'services.figures.see');
  const group = GROUPS.find((one): one is Group => scope.startsWith(`${one}:`));
  return group ? (await namesOf(ctx, group))(scope.slice(group.length + 1)) : null;
}
