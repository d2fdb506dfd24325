import { localizeHref } from '#i18n/runtime';
import { findHamlet } from '#domain/commune';
import { formatDate, formatMoney } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import { photosView } from '../../edge.ts';
import { getPublicWork } from '../../work.queries.ts';
import { standingOn } from '../../work.ts';
import { CONDITION_WORDS, hardenedWords, KIND_WORDS, standardStatus, SURFACE_WORDS } from '../../words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { locale } = locals;
  const found = await locals.run(async (ctx) => {
    const seen = await getPublicWork(ctx, params.id);
    const hamlet = seen.work.hamletId ? await findHamlet(ctx, seen.work.hamletId) : undefined;
    return { ...seen, hamlet: hamlet?.name ?? null, today: localDateOf(ctx.now) };
  });
  const { work, inspections, photos, cost, contributed } = found;
  const standing = standingOn(inspections, found.today);
  const replaced = new Set(inspections.map((one) => one.replaces));
  return {
    name: work.name,
    kind: KIND_WORDS[work.kind](),
    hall: work.kind === 'hall' || work.kind === 'school',
    hamlet: found.hamlet,
    demo: work.demo,
    inUseFrom: formatDate(work.inUseFrom, locale),
    endedOn: work.endedOn && formatDate(work.endedOn, locale),
    status: standardStatus(standing),
    condition: standing && CONDITION_WORDS[standing.condition](),
    surface: standing?.surface ? SURFACE_WORDS[standing.surface]() : null,
    wifi: standing?.wifi ?? null,
    hardened: hardenedWords(standing, locale),
    geo: work.point && `geo:${work.point.lat.toFixed(6)},${work.point.lng.toFixed(6)}`,
    cost: cost > 0n ? formatMoney(cost, locale) : null,
    contributed: contributed > 0n ? formatMoney(contributed, locale) : null,
    course: inspections
      .filter((one) => !replaced.has(one.id))
      .toReversed()
      .map((one) => ({
        id: one.id,
        on: formatDate(one.onDay, locale),
        condition: CONDITION_WORDS[one.condition](),
        status: standardStatus(one),
        hardened: hardenedWords(one, locale),
      })),
    photos: photosView(photos, localizeHref(`/places/works/${work.id}/photos`), locale),
  };
};
