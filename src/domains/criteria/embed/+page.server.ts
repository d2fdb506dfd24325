import { scoreboardView } from '../public/scoreboard.ts';
import type { PageServerLoad } from './$types';

/** The scoreboard small, for a frame in somebody else's page. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run((ctx) => scoreboardView(ctx, url.searchParams));
