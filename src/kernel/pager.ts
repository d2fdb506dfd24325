/** Pages of a list: the one asked for in an address, and the words of the Pager, the same in every room. */
import { m } from '#i18n/messages';
import { getLocale } from '#i18n/runtime';
import { formatNumber } from './format.ts';

const LAST_PAGE = 10_000;

/** What of a list is shown: from which row, counted from 1, how many, of how many (which may be worded already). */
export type Span = { first: number; shown: number; total: number | string };

/** The page of a list that the address asks for, counted from 1; what makes no sense is the first. */
export function pageIn(query: URLSearchParams): number {
  const page = Math.trunc(Number(query.get('page')));
  return page >= 1 && page <= LAST_PAGE ? page : 1;
}

/** `26–50 trong 2.180`, in the reader's language. */
export function whereIn({ first, shown, total }: Span): string {
  if (shown === 0) return m.kernel_pages_where_none();
  const number = (value: number) => formatNumber(value, { locale: getLocale() });
  const all = typeof total === 'string' ? total : number(total);
  return m.kernel_pages_where({ first: number(first), last: number(first + shown - 1), total: all });
}

/** The words of a Pager. @param where what is shown, or how the page's own list says it */
export function pagerWords(where: string | Span) {
  return {
    label: m.kernel_pages(),
    previous: m.kernel_pages_previous(),
    next: m.kernel_pages_next(),
    where: typeof where === 'string' ? where : whereIn(where),
    page: (page: number) => m.kernel_pages_page({ page: String(page) }),
  };
}
