import { localDateOf, parseLocalDate } from '#kernel/time';
import { findCatalogueUnits } from '../unit-catalogue.queries.ts';
import { unitLine } from '../unit-words.ts';
import type { PageServerLoad } from './$types';

const LONGEST = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
  const q = (url.searchParams.get('q') ?? '').slice(0, LONGEST);
  const on = parseLocalDate(url.searchParams.get('on') ?? '') ?? null;
  return locals.run(async (ctx) => {
    const found = await findCatalogueUnits(ctx, { q, on });
    const today = localDateOf(ctx.now);
    return { q, on, units: found.map((unit) => unitLine(unit, today, locals.locale)) };
  });
};
