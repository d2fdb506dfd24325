import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { listWorks } from '../../work.queries.ts';
import { readWorkFilter, workListView, workPage } from '../../works-view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const filter = readWorkFilter(url.searchParams);
  const found = await locals.run((ctx) => listWorks(ctx, { ...filter, ...workPage(url.searchParams) }));
  const named = (list: { value: string; label: string }[]) =>
    list.map(({ value, label }) => ({ id: value, name: label }));
  return {
    filter: { ...filter, q: filter.q ?? '' },
    query: url.searchParams.toString(),
    hamlets: named(desk.seen),
    list: workListView(found, named(desk.all), url.searchParams, locale),
    crumbs: [{ href: localizeHref('/places/staff/works'), label: m.places_nav_works({}, { locale }) }],
  };
};
