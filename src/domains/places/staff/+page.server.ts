import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatNumber } from '#kernel/format';
import { groupCode } from '#kernel/ids';
import { listAddresses } from '../address.queries.ts';
import { MOST_PLATES } from '../plates.ts';
import { readAddressFilter } from './address-filter.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const filter = readAddressFilter(url.searchParams);
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), 4000);
  const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const found = await locals.run((ctx) => listAddresses(ctx, { ...filter, ...range }));
  const names = new Map(desk.all.map(({ value, label }) => [value, label]));
  return {
    filter,
    query: new URLSearchParams({
      q: filter.q,
      hamlet: filter.hamletId ?? '',
      ...(filter.ended && { ended: 'yes' }),
    }).toString(),
    rows: found.items.map((one) => ({
      id: one.id,
      number: one.number,
      hamlet: names.get(one.hamletId) ?? '',
      code: groupCode(one.code),
      location: one.locationCode,
      shown: one.shown,
      demo: one.demo,
      ended: one.endedOn && formatDate(one.endedOn, locale),
    })),
    count: formatNumber(found.total, { locale }),
    mostPlates: MOST_PLATES,
    page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    first: range.offset + 1,
    crumbs: [{ href: localizeHref('/places/staff'), label: m.places_nav_addresses({}, { locale }) }],
  };
};
