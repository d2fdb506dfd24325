import { listHamlets } from '#domain/commune';
import { formatNumber } from '#kernel/format';
import { listPublicWorks } from '../work.queries.ts';
import { readWorkFilter, worksView } from '../works-view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const filter = readWorkFilter(url.searchParams);
  const { found, hamlets } = await locals.run(async (ctx) => ({
    found: await listPublicWorks(ctx, filter),
    hamlets: await listHamlets(ctx, { on: 'ever' }),
  }));
  return {
    filter: { ...filter, q: filter.q ?? '' },
    hamlets: hamlets.map(({ id, name }) => ({ id, name })),
    works: worksView(found.items, hamlets, locale),
    count: formatNumber(found.total, { locale }),
  };
};
