import { listHamlets } from '#domain/commune';
import { listPublicWorks } from '../work.queries.ts';
import { readWorkFilter, workListView, workPage } from '../works-view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const filter = readWorkFilter(url.searchParams);
  const { found, hamlets } = await locals.run(async (ctx) => ({
    found: await listPublicWorks(ctx, { ...filter, ...workPage(url.searchParams) }),
    hamlets: await listHamlets(ctx, { on: 'ever' }),
  }));
  return {
    filter: { ...filter, q: filter.q ?? '' },
    hamlets: hamlets.map(({ id, name }) => ({ id, name })),
    list: workListView(found, hamlets, url.searchParams, locale),
  };
};
