import { formatDateTime } from '#kernel/format';
import { scoreboardView } from '../public/scoreboard.ts';
import type { PageServerLoad } from './$types';

/** The scoreboard on a screen in the hall: it loads itself anew every minute, nobody touches it. */
export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ refresh: '60' });
  return locals.run(async (ctx) => ({
    ...(await scoreboardView(ctx, url.searchParams)),
    at: formatDateTime(ctx.now, ctx.locale),
  }));
};
