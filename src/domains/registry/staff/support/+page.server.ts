import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import { formatDate, formatNumber } from '#kernel/format';
import { pageIn } from '#kernel/pager';
import { localDateOf } from '#kernel/time';
import { hamletsOfList } from '../../desk.queries.ts';
import { findPurpose } from '../../resident.ts';
import { GROUPS } from '../../support/group.ts';
import { askedIn } from '../../support/list-address.ts';
import { listSupported } from '../../support/support.queries.ts';
import { groupWords } from '../../support/support-words.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

/** Asks for the purpose first; every view of the list with one is written down. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const purpose = findPurpose(url.searchParams.get('purpose'));
  const crumbs = [{ href: url.pathname, label: m.registry_nav_support({}, { locale }) }];
  if (!purpose) return { list: null, crumbs };
  const asked = askedIn(url.searchParams);
  const page = pageIn(url.searchParams);
  const offset = (page - 1) * PER_PAGE;
  const { found, hamlets, day } = await locals.run(
    async (ctx) => ({
      found: await listSupported(ctx, { ...asked, offset, limit: PER_PAGE }),
      hamlets: await hamletsOfList(ctx, 'registry.support.see'),
      day: asked.day ?? localDateOf(ctx.now),
    }),
    { purpose },
  );
  const { names } = hamlets;
  const list = {
    purpose,
    asked: { purpose, group: asked.group ?? '', hamlet: asked.hamletId ?? '', day },
    filtered: Object.values(asked).some((one) => one !== undefined),
    hamlets: hamlets.choices,
    groups: GROUPS.map(({ code, name }) => ({ value: code, label: inLocale(name, locale) })),
    rows: found.items.map((one) => ({
      ...one,
      group: groupWords(one.group, locale),
      hamlet: one.hamletId === null ? '' : (names.get(one.hamletId) ?? ''),
      from: formatDate(one.from, locale),
    })),
    total: formatNumber(found.total, { locale }),
    page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    first: offset + 1,
  };
  return { list, crumbs };
};
