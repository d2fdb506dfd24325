/** What parameters of the query language are made of: conditions, and the values that they compare with. */
import { AppError } from '#kernel/errors';
import { isTime, isUri } from './checks.ts';
import { isObject, type Json, type JsonObject } from './event.ts';
import type { Pattern } from './pattern.ts';
import { keptMoment, momentOf } from './values.ts';
import type { EventView, TermField } from './view.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How the database narrows a search. */
export type Narrowing =
  | { by: 'term'; fields: readonly TermField[]; patterns: readonly Pattern[] }
  | {
      by: 'column';
      column: 'type' | 'action' | 'biz_step' | 'disposition' | 'read_point' | 'biz_location' | 'event_id';
      values: readonly string[];
    }
  | { by: 'time'; column: 'event_time' | 'record_time'; from?: Date; before?: Date }
  | { by: 'declared' };

export type Condition = { narrowing?: Narrowing; test: (view: EventView) => boolean };

/** What the places and things that master data knows lie within, for `WD_` and attributes. */
export type MasterData = {
  /** The places themselves and all within them. */
  within: (ids: readonly string[]) => readonly string[];
  attributes: (id: string) => JsonObject | undefined;
};

/** @throws AppError always: the parameter makes no sense */
export function wrong(parameter: string): never {
  throw new AppError('trace.epcis.query_parameter', 400, { parameter: parameter.slice(0, 120) });
}

/** A list: `a|b` in an address, a list in JSON. */
export function listOf(name: string, value: Json): string[] {
  const all = typeof value === 'string' ? value.split('|') : Array.isArray(value) ? value : [value];
  const texts = all.map((one) => (typeof one === 'number' || typeof one === 'boolean' ? String(one) : one));
  if (
    texts.length === 0 ||
    texts.length > 500 ||
    !texts.every((one) => typeof one === 'string' && one.length <= 2_048)
  )
    wrong(name);
  return texts as string[];
}

/** A list of identifiers, each an address or a pattern of addresses. */
export function urisOf(name: string, value: Json): string[] {
  const texts = listOf(name, value);
  return texts.every(isUri) ? texts : wrong(name);
}

/** A list of words: bare ones of the vocabulary, or addresses. */
export function wordsOf(name: string, value: Json, { words }: Pick<Vocabulary, 'words'>): string[] {
  const texts = listOf(name, value);
  return texts.every((text) => words.has(text) || isUri(text)) ? texts : wrong(name);
}

/** A moment. A plus that nobody wrote as `%2B` has become a space on its way through the address. */
export function timeOf(name: string, value: Json): number {
  const text = typeof value === 'string' ? value.replace(/ (?=\d\d:\d\d$)/, '+') : value;
  return isTime(text) ? keptMoment(momentOf(text)) : wrong(name);
}

export function numberOf(name: string, value: Json): number {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN;
  return Number.isFinite(number) ? number : wrong(name);
}

/** `EXISTS_` alone asks; a `false` beside it asks nothing. */
export function isAsked(value: Json): boolean {
  return value !== false && value !== 'false' && value !== 0 && value !== '0' && !isObject(value);
}

export type Comparison = 'EQ' | 'GT' | 'GE' | 'LT' | 'LE';

export function compares(comparison: Comparison, value: number, wanted: readonly number[]): boolean {
  const [limit = Number.NaN] = wanted;
  if (comparison === 'EQ') return wanted.includes(value);
  if (comparison === 'GT') return value > limit;
  if (comparison === 'GE') return value >= limit;
  return comparison === 'LT' ? value < limit : value <= limit;
}

/** What a number is compared with: any of several by `EQ`, one by the others. */
export function numbers(name: string, comparison: Comparison, value: Json): number[] {
  const found = listOf(name, value).map((text) => numberOf(name, text));
  return comparison === 'EQ' || found.length === 1 ? found : wrong(name);
}
