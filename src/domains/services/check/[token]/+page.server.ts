import { limitOf, take } from '#kernel/rate-limit';
import { isGenuine } from '../../result/check.queries.ts';
import type { PageServerLoad } from './$types';

/** Tokens cannot be guessed; the limit only spares the database. */
const questionsPerAddress = limitOf(300, 15);

export const load: PageServerLoad = async ({ locals, params, getClientAddress }) => {
  await take(questionsPerAddress, getClientAddress());
  return { genuine: await locals.run((ctx) => isGenuine(ctx, params.token)) };
};
