import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatNumber } from '#kernel/format';
import { listWorks } from '../../work.queries.ts';
import { readWorkFilter, worksView } from '../../works-view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const filter = readWorkFilter(url.searchParams);
  const found = await locals.run((ctx) => listWorks(ctx, filter));
  const named = (list: { value: string; label: string }[]) =>
    list.map(({ value, label }) => ({ id: value, name: label }));
  return {
    filter: { ...filter, q: filter.q ?? '' },
    query: url.searchParams.toString(),
    hamlets: named(desk.seen),
    works: worksView(found.items, named(desk.all), locale),
    count: formatNumber(found.total, { locale }),
    crumbs: [{ href: localizeHref('/places/staff/works'), label: m.places_nav_works({}, { locale }) }],
  };
};
