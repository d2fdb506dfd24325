/** What the address of the list asks for; the page and the spreadsheet read it alike. */
import { parseLocalDate } from '#kernel/time';
import { findGroup } from './group.ts';
import type { SupportFilter } from './support.queries.ts';

export function askedIn(search: URLSearchParams): Pick<SupportFilter, 'group' | 'hamletId' | 'day'> {
  return {
    group: findGroup(search.get('group'))?.code,
    hamletId: search.get('hamlet') || undefined,
    day: parseLocalDate(search.get('day') ?? ''),
  };
}
