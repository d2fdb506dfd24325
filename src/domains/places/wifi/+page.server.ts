import { listHamlets } from '#domain/commune';
import { formatDate, formatNumber } from '#kernel/format';
import { listPublicWorks } from '../work.queries.ts';
import type { PageServerLoad } from './$types';

/** Halls and schools with wifi for everybody, as their newest inspection found them. */
export const load: PageServerLoad = async ({ locals }) => {
  const { locale } = locals;
  const { having, halls, hamlets } = await locals.run(async (ctx) => ({
    having: await listPublicWorks(ctx, { wifi: 'yes' }),
    halls: await listPublicWorks(ctx, { kind: 'hall' }),
    hamlets: new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name])),
  }));
  // In the hamlets' own order; what belongs to the whole commune stands first.
  const order = [null, ...hamlets.keys()];
  const places = having.items.toSorted((a, b) => order.indexOf(a.hamletId) - order.indexOf(b.hamletId));
  const number = (count: number) => formatNumber(count, { locale });
  return {
    halls: number(halls.items.filter(({ standing }) => standing?.wifi).length),
    allHalls: number(halls.total),
    places: places.map(({ id, name, hamletId, point, standing, demo }) => ({
      id,
      name,
      demo,
      hamlet: (hamletId && hamlets.get(hamletId)) ?? null,
      geo: point && `geo:${point.lat.toFixed(6)},${point.lng.toFixed(6)}`,
      seen: standing && formatDate(standing.onDay, locale),
    })),
  };
};
