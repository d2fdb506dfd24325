import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatNumber } from '#kernel/format';
import { hamletsOfList } from '../desk.queries.ts';
import { searchResidents, type ResidentPage } from '../resident.queries.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { may } = await parent();
  if (!may.residents && may.officials) redirect(303, localizeHref('/registry/staff/officials'));
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 200);
  const hamletId = url.searchParams.get('hamlet') || undefined;
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), 4000);
  const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const { found, hamlets } = await locals.run(async (ctx) => ({
    found: await searchResidents(ctx, { q, hamletId, ...range }),
    hamlets: await hamletsOfList(ctx, 'registry.resident.list'),
  }));
  const { names } = hamlets;
  return {
    q,
    hamletId: hamletId ?? '',
    hamlets: hamlets.choices,
    people: found.items.map((one) => ({ ...one, hamlet: (one.hamletId && names.get(one.hamletId)) || '' })),
    by: found.by satisfies ResidentPage['by'],
    total: found.total,
    count: formatNumber(found.total, { locale }),
    page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    first: range.offset + 1,
    crumbs: [{ href: url.pathname, label: m.registry_desk({}, { locale }) }],
  };
};
