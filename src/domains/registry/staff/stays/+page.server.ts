import { m } from '#i18n/messages';
import { formatDate, formatNumber } from '#kernel/format';
import { pageIn } from '#kernel/pager';
import { localDateOf, parseLocalDate } from '#kernel/time';
import { hamletsOfList } from '../../desk.queries.ts';
import { findStayKind } from '../../stay/stay.ts';
import { listStays } from '../../stay/stay.queries.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const hamletId = url.searchParams.get('hamlet') || undefined;
  const kind = findStayKind(url.searchParams.get('kind'));
  const asked = parseLocalDate(url.searchParams.get('day') ?? '');
  const page = pageIn(url.searchParams);
  const offset = (page - 1) * PER_PAGE;
  const { found, hamlets, day } = await locals.run(async (ctx) => ({
    found: await listStays(ctx, { hamletId, kind, day: asked, offset, limit: PER_PAGE }),
    hamlets: await hamletsOfList(ctx, 'registry.stay.list'),
    day: asked ?? localDateOf(ctx.now),
  }));
  const { names } = hamlets;
  return {
    hamletId: hamletId ?? '',
    kind: kind ?? '',
    day,
    filtered: hamletId !== undefined || kind !== undefined || asked !== undefined,
    hamlets: hamlets.choices,
    stays: found.items.map((one) => ({
      ...one,
      hamlet: names.get(one.hamletId) ?? '',
      from: formatDate(one.from, locale),
      to: formatDate(one.to, locale),
    })),
    total: formatNumber(found.total, { locale }),
    page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    first: offset + 1,
    crumbs: [{ href: url.pathname, label: m.registry_nav_stays({}, { locale }) }],
  };
};
