import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatNumber } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import { cultivarWords } from '../plot/cultivar.ts';
import { headNames } from '../plot/household.queries.ts';
import type { PlotFilter } from '../plot/lines.queries.ts';
import { listPlots } from '../plot/plot.queries.ts';
import { landMap } from '../plot/public.queries.ts';
import { PLOT_STANDARDS, type PlotStandard } from '../plot/standard.ts';
import { standardsOn } from '../plot/standard.queries.ts';
import { areaWords, landWords, standardWords } from '../words.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const filter = filterOf(url.searchParams);
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), 4000);
  const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const found = await locals.run(async (ctx) => {
    const { items, total, areaM2 } = await listPlots(ctx, { ...filter, ...range });
    const ids = items.map(({ id }) => id);
    const standards = await standardsOn(ctx, ids, localDateOf(ctx.now));
    const map = filter.hamletId ? await landMap(ctx, filter.hamletId) : null;
    return { items, total, areaM2, standards, map, heads: await headNames(ctx, items) };
  });
  const names = new Map(desk.seen.map(({ value, label }) => [value, label]));
  return {
    filter: { q: filter.q ?? '', hamletId: filter.hamletId ?? '', standard: filter.standard ?? '' },
    standards: PLOT_STANDARDS.map((value) => ({ value, label: standardWords(value, locale) })),
    query: new URLSearchParams({
      q: filter.q ?? '',
      hamlet: filter.hamletId ?? '',
      standard: filter.standard ?? '',
    }).toString(),
    rows: found.items.map((one) => ({
      id: one.id,
      code: one.code,
      name: one.name,
      hamlet: names.get(one.hamletId) ?? '',
      holder: (one.householdId && found.heads.get(one.householdId)) ?? null,
      area: areaWords(one.areaM2, locale),
      cultivar: one.cultivar && cultivarWords(one.cultivar, locale),
      standard: found.standards.get(one.id)?.standard ?? 'none',
      standardWords: standardWords(found.standards.get(one.id)?.standard ?? 'none', locale),
    })),
    map: found.map && {
      ...found.map,
      paths: found.map.paths.map((one) => ({ ...one, words: standardWords(one.standard, locale) })),
    },
    count: formatNumber(found.total, { locale }),
    land: landWords(found.areaM2, locale),
    page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    first: range.offset + 1,
    crumbs: [{ href: localizeHref('/farming/staff'), label: m.farming_nav_staff({}, { locale }) }],
  };
};

function filterOf(query: URLSearchParams): PlotFilter {
  const standard = query.get('standard');
  return {
    q: (query.get('q') ?? '').trim().slice(0, 60),
    hamletId: query.get('hamlet')?.slice(0, 60) || undefined,
    standard: PLOT_STANDARDS.find((one): one is PlotStandard => one === standard),
  };
}
