/** The list of documents as it stands in the address: read leniently, written briefly. Pure. */
import { isId } from '#kernel/ids';
import { cleanLine } from '#kernel/text';
import { STATES, type DocumentState } from './document.ts';
import { DOCUMENT_VIEWS, type DocumentFilter } from './document.queries.ts';
import { TYPE_CODES } from './kinds.ts';

export type DocumentAddress = Omit<DocumentFilter, 'offset' | 'limit'>;

const LONGEST_SEARCH = 100;

/** Reads an address; what is unknown in it is as if it were not there. */
export function readDocuments(query: URLSearchParams): DocumentAddress {
  const search = cleanLine((query.get('q') ?? '').slice(0, LONGEST_SEARCH)) || undefined;
  const year = Number(query.get('year'));
  const official = query.get('officer');
  return {
    view: DOCUMENT_VIEWS.find((one) => one === query.get('view')) ?? 'in',
    search,
    type: TYPE_CODES.find((one) => one === query.get('type')),
    state: STATES.find((one): one is DocumentState => one === query.get('state')),
    year: Number.isInteger(year) && year > 1990 && year < 2200 ? year : undefined,
    official: official && isId(official) ? official : undefined,
  };
}

/** The query part of an address. */
export function addressOf({ view, search, type, state, year, official }: DocumentAddress): string {
  const parts = { view, q: search, type, state, year: year && String(year), officer: official };
  const given = Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1]));
  return new URLSearchParams(given).toString();
}

/** Whether anything but the view narrows the list. */
export function isNarrowed({ search, type, state, year, official }: DocumentAddress): boolean {
  return [search, type, state, year, official].some((part) => part !== undefined);
}
