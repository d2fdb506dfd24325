/** What lists of the room are narrowed by, as it stands in the address and in SQL: words, an official, a year. */
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { cleanLine } from '#kernel/text';
import { askedWords, withWord } from './word.ts';

const LONGEST_SEARCH = 100;

/** The words searched for. */
export function searchIn(query: URLSearchParams): string | undefined {
  return cleanLine((query.get('q') ?? '').slice(0, LONGEST_SEARCH)) || undefined;
}

/** An id in the address; what is none is as if it were not there. */
export function idIn(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name);
  return value && isId(value) ? value : undefined;
}

/** A year in the address. */
export function yearIn(query: URLSearchParams, least: number): number | undefined {
  const year = Number(query.get('year'));
  return Number.isInteger(year) && year >= least && year <= 2200 ? year : undefined;
}

/** One of the known words in the address. */
export function oneOf<const T extends string>(
  query: URLSearchParams,
  name: string,
  known: readonly T[],
): T | undefined {
  return known.find((one) => one === query.get(name));
}

/** The query part of an address: what is not given is left out. */
export function addressFrom(parts: Record<string, string | number | false | undefined>): string {
  const given = Object.entries(parts).filter(([, value]) => Boolean(value));
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** The ids of the things in which one of these officials has a part; for `where id in`. */
export function partOf(ctx: Ctx, officials: readonly string[]) {
  return ctx.db
    .selectFrom('office_person')
    .select('subject_id')
    .where('commune_id', '=', ctx.commune.id)
    .where('official_id', 'in', officials);
}

/** The ids that the words and the official asked for leave: the thing's id must be in each of the selections. */
export function askedIds(ctx: Ctx, asked: { search?: string | undefined; official?: string | undefined }) {
  const official = asked.official && isId(asked.official) ? [partOf(ctx, [asked.official])] : [];
  return [...official, ...askedWords(asked.search ?? '').map((word) => withWord(ctx, word))];
}
