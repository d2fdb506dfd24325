/** The index of the archives as it stands in the address: read leniently. Pure. */
import { isId } from '#kernel/ids';
import { cleanLine } from '#kernel/text';
import type { ItemFilter } from './archive.queries.ts';

const LONGEST_SEARCH = 100;

/** What the address asks for, and the same written briefly. */
export function readIndex(query: URLSearchParams): {
  filter: Omit<ItemFilter, 'offset' | 'limit'>;
  address: string;
} {
  const search = cleanLine((query.get('q') ?? '').slice(0, LONGEST_SEARCH)) || undefined;
  const id = (name: string) => {
    const value = query.get(name);
    return value && isId(value) ? value : undefined;
  };
  const year = Number(query.get('year'));
  const filter = {
    search,
    archive: id('archive'),
    hamlet: id('hamlet'),
    year: Number.isInteger(year) && year >= 1900 && year <= 2200 ? year : undefined,
  };
  const parts = {
    q: search,
    archive: filter.archive,
    hamlet: filter.hamlet,
    year: filter.year && String(filter.year),
  };
  const given = Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1]));
  return { filter, address: new URLSearchParams(given).toString() };
}
