import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { getHamlet } from '#domain/commune';
import { formatDate, formatNumber, type Locale } from '#kernel/format';
import { groupCode } from '#kernel/ids';
import { getFoundAddress, type FoundAddress } from '../../find.queries.ts';
import { drawMap } from '../../map.ts';
import { DIRECTION_WORDS } from '../../words.ts';
import type { PageServerLoad } from './$types';

/** Nearer than this one stands beside it. */
const BESIDE_M = 20;

export const load: PageServerLoad = async ({ locals, params }) => {
  const { locale } = locals;
  if (params.code.includes('+'))
    redirect(303, `${localizeHref('/places/address')}?q=${encodeURIComponent(params.code)}`);
  const { found, hamlet } = await locals.run(async (ctx) => {
    const address = await getFoundAddress(ctx, params.code);
    return { found: address, hamlet: await getHamlet(ctx, address.hamletId) };
  });
  return {
    number: found.number,
    hamlet: hamlet.name,
    code: groupCode(found.code),
    demo: found.demo,
    ended: found.endedOn && formatDate(found.endedOn, locale),
    where: found.place && placeView(found, found.place, locale),
  };
};

function placeView(found: FoundAddress, place: NonNullable<FoundAddress['place']>, locale: Locale) {
  const point = `${place.lat.toFixed(6)},${place.lng.toFixed(6)}`;
  const map = drawMap(place, found.neighbours, found.landmarks);
  return {
    locationCode: place.locationCode,
    shortCode: place.shortCode,
    coordinates: `${place.lat.toFixed(6)}, ${place.lng.toFixed(6)}`,
    geo: `geo:${point}?q=${point}`,
    web: `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(point)}`,
    way: found.way && wayWords(found.way, locale),
    map,
    scale: `${formatNumber(map.scale.metres, { locale })} m`,
    neighbours: found.neighbours.map(({ number }) => number),
  };
}

function wayWords(way: NonNullable<FoundAddress['way']>, locale: Locale): string {
  if (way.metres < BESIDE_M) return m.places_way_here({ from: way.from });
  return m.places_way({
    from: way.from,
    metres: formatNumber(way.metres, { locale }),
    direction: DIRECTION_WORDS[way.direction](),
  });
}
