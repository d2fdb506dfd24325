/** Pages of a list: the one asked for in an address, and the words of the Pager. */
import { m } from '#i18n/messages';

const PER_PAGE = 20;
const LAST_PAGE = 10_000;

/** The page asked for in an address, and where it begins. */
export function pageIn(url: URL): { page: number; offset: number; limit: number } {
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), LAST_PAGE);
  return { page, offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
}

/** How many pages a list has: at least one. */
export function pagesOf(total: number): number {
  return Math.min(Math.max(Math.ceil(total / PER_PAGE), 1), LAST_PAGE);
}

/** The words of a Pager. */
export function pagerWords(page: number, shown: number, total: number) {
  const first = shown === 0 ? 0 : (page - 1) * PER_PAGE + 1;
  return {
    label: m.notifications_pages(),
    previous: m.notifications_pages_previous(),
    next: m.notifications_pages_next(),
    where: m.notifications_pages_where({ first, last: shown === 0 ? 0 : first + shown - 1, total }),
    page: (number: number) => m.notifications_pages_page({ page: number }),
  };
}
