import { localDateOf, parseLocalDate } from '#kernel/time';
import { getCatalogueUnit } from '../../unit-catalogue.queries.ts';
import { unitPage } from '../../unit-words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) => {
  const on = parseLocalDate(url.searchParams.get('on') ?? '');
  return locals.run(async (ctx) =>
    unitPage(await getCatalogueUnit(ctx, params.id, on), localDateOf(ctx.now), locals.locale),
  );
};
