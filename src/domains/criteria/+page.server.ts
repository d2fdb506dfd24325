import { scoreboardView } from './public/scoreboard.ts';
import type { PageServerLoad } from './$types';

/** The commune's progress, told to everybody: numbers that only officials see stay with them. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run((ctx) => scoreboardView(ctx, url.searchParams));
