import { comparisonView, questionIn, readComparison } from '../province/view.ts';
import type { PageServerLoad } from './$types';

/** Communes beside each other, of what they published: to everybody, or on the province's own site to its reviewers. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = questionIn(url.searchParams);
  const found = await locals.run((ctx) => readComparison(ctx, asked));
  return { view: comparisonView(found, asked, locals.locale) };
};
