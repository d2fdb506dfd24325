/** The index of the archives as it stands in the address: read leniently. Pure. */
import { addressFrom, idIn, searchIn, yearIn } from '../asked.ts';
import type { ItemFilter } from './archive.queries.ts';

/** What the address asks for, and the same written briefly. */
export function readIndex(query: URLSearchParams): {
  filter: Omit<ItemFilter, 'offset' | 'limit'>;
  address: string;
} {
  const filter = {
    search: searchIn(query),
    archive: idIn(query, 'archive'),
    hamlet: idIn(query, 'hamlet'),
    resident: idIn(query, 'resident'),
    year: yearIn(query, 1900),
  };
  const { search: q, ...others } = filter;
  return { filter, address: addressFrom({ q, ...others }) };
}
