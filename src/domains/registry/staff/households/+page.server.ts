import { m } from '#i18n/messages';
import { formatDate, formatNumber } from '#kernel/format';
import { hamletsOfList } from '../../desk.queries.ts';
import { reportedFigures } from '../../figures/reported.actions.ts';
import { listHouseholds, populationByHamlet } from '../../household/household.queries.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 200);
  const hamletId = url.searchParams.get('hamlet') || undefined;
  const toConfirm = url.searchParams.get('confirm') === 'yes';
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), 4000);
  const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const { found, hamlets, counted, others } = await locals.run(async (ctx) => ({
    found: await listHouseholds(ctx, { q, hamletId, toConfirm, ...range }),
    hamlets: await hamletsOfList(ctx, 'registry.household.list'),
    counted: await populationByHamlet(ctx),
    others: await reportedFigures(ctx, hamletId ?? null),
  }));
  const { names } = hamlets;
  const here = counted.filter((one) => hamletId === undefined || one.hamletId === hamletId);
  const sum = (key: 'households' | 'people') =>
    formatNumber(
      here.reduce((total, one) => total + one[key], 0),
      { locale },
    );
  return {
    q,
    hamletId: hamletId ?? '',
    toConfirm,
    hamlets: hamlets.choices,
    households: found.items.map((one) => ({ ...one, hamlet: names.get(one.hamletId) ?? '' })),
    total: found.total,
    count: formatNumber(found.total, { locale }),
    now: { households: sum('households'), people: sum('people') },
    others: others.map((one) => ({
      ...one,
      day: formatDate(one.day, locale),
      value: formatNumber(one.value, { locale }),
      counted: formatNumber(one.counted, { locale }),
    })),
    page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    first: range.offset + 1,
    crumbs: [{ href: url.pathname, label: m.registry_nav_households({}, { locale }) }],
  };
};
