/** The list of documents as it stands in the address: read leniently, written briefly. Pure. */
import { addressFrom, idIn, oneOf, searchIn, yearIn } from '../asked.ts';
import { STATES } from './document.ts';
import { DOCUMENT_VIEWS, type DocumentFilter } from './document.queries.ts';
import { TYPE_CODES } from './kinds.ts';

export type DocumentAddress = Omit<DocumentFilter, 'offset' | 'limit'>;

/** Reads an address; what is unknown in it is as if it were not there. */
export function readDocuments(query: URLSearchParams): DocumentAddress {
  return {
    view: oneOf(query, 'view', DOCUMENT_VIEWS) ?? 'in',
    search: searchIn(query),
    type: oneOf(query, 'type', TYPE_CODES),
    state: oneOf(query, 'state', STATES),
    year: yearIn(query, 1991),
    official: idIn(query, 'officer'),
  };
}

/** The query part of an address. */
export function addressOf({ view, search, type, state, year, official }: DocumentAddress): string {
  return addressFrom({ view, q: search, type, state, year, officer: official });
}

/** Whether anything but the view narrows the list. */
export function isNarrowed({ search, type, state, year, official }: DocumentAddress): boolean {
  return [search, type, state, year, official].some((part) => part !== undefined);
}
