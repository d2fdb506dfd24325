import { listHamlets } from '#domain/commune';
import { formatDate, formatNumber, type Locale } from '#kernel/format';
import { codeFormatWords } from './area/area.ts';
import { listAreas, type AreaLine } from './area/area.queries.ts';
import { landByHamlet, landMap, type HamletLand } from './plot/public.queries.ts';
import { landWords, standardWords } from './words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const asked = url.searchParams.get('hamlet');
  const found = await locals.run(async (ctx) => {
    const hamlet = (await listHamlets(ctx)).find(({ slug }) => slug === asked) ?? null;
    const map = await landMap(ctx, hamlet?.id ?? null);
    return {
      hamlet,
      map,
      hamlets: await listHamlets(ctx),
      land: await landByHamlet(ctx),
      areas: await listAreas(ctx),
    };
  });
  const slugs = new Map(found.hamlets.map(({ id, slug }) => [id, slug]));
  const shown = found.land.filter(({ id }) => found.hamlet === null || id === found.hamlet.id);
  const sum = (of: (one: (typeof found.land)[number]) => number) =>
    landWords(
      shown.reduce((all, one) => all + of(one), 0),
      locale,
    );
  return {
    hamlet: found.hamlet?.name ?? null,
    map: found.map && {
      ...found.map,
      paths: found.map.paths.map((one) => ({ ...one, words: standardWords(one.standard, locale) })),
    },
    all: sum(({ areaM2 }) => areaM2),
    vietgap: sum(({ certifiedM2 }) => certifiedM2.vietgap),
    organic: sum(({ certifiedM2 }) => certifiedM2.organic),
    rows: found.land.map((land) => rowOf(land, slugs.get(land.id) ?? '', locale)),
    areas: found.areas.map((area) => areaRow(area, locale)),
  };
};

function rowOf({ name, plots, areaM2, certifiedM2 }: HamletLand, slug: string, locale: Locale) {
  return {
    slug,
    name,
    plots: formatNumber(plots, { locale }),
    area: landWords(areaM2, locale),
    vietgap: landWords(certifiedM2.vietgap, locale),
    organic: landWords(certifiedM2.organic, locale),
  };
}

function areaRow(area: AreaLine, locale: Locale) {
  return {
    id: area.id,
    name: area.name,
    code: area.code,
    format: area.codeFormat && codeFormatWords(area.codeFormat, locale),
    plots: formatNumber(area.plots, { locale }),
    size: landWords(area.areaM2, locale),
    from: formatDate(area.from, locale),
    verified: area.verified,
  };
}
