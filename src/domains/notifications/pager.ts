/** Pages of this room's lists: the one asked for in an address, and what is shown of them. */

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

/** What of a list is shown, for the words of a Pager. */
export function spanOf(page: number, shown: number, total: number) {
  return { first: (page - 1) * PER_PAGE + 1, shown, total };
}
