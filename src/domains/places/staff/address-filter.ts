import type { AddressFilter } from '../address.queries.ts';

/** The filter of a list's address. */
export function readAddressFilter(query: URLSearchParams): AddressFilter & { q: string; ended: boolean } {
  return {
    q: (query.get('q') ?? '').trim().slice(0, 60),
    hamletId: query.get('hamlet')?.slice(0, 60) || undefined,
    ended: query.get('ended') === 'yes',
  };
}
