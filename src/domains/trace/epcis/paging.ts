/** Pages of the REST interface: how many, which one, and where the next begins. */
import type { Context } from 'hono';
import { AppError } from '#kernel/errors';

const PER_PAGE = 30;
const MOST = 1_000;
const DAY = 86_400_000;

/** @throws AppError `trace.epcis.query_parameter` (400) */
export function paging(c: Context): { perPage: number; token: string | null } {
  const said = c.req.query('perPage');
  const perPage = said === undefined ? PER_PAGE : Number(said);
  if (!Number.isInteger(perPage) || perPage < 1)
    throw new AppError('trace.epcis.query_parameter', 400, { parameter: 'perPage' });
  return { perPage: Math.min(perPage, MOST), token: c.req.query('nextPageToken') ?? null };
}

/** Headers that lead to the next page. Tokens keep no state here: the day is a promise, not a limit. */
export function nextPage(c: Context, token: string): Record<string, string> {
  const url = new URL(c.req.url);
  url.searchParams.set('nextPageToken', token);
  return {
    link: `<${url.pathname}${url.search}>; rel="next"`,
    'GS1-Next-Page-Token-Expires': new Date(Date.now() + DAY).toISOString(),
  };
}
