import { m } from '#i18n/messages';
import { formatDateTime, formatNumber } from '#kernel/format';
import { listCorrections } from '../../correction/correction.queries.ts';
import { fieldWords, stateLabel } from '../../own/own-words.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;
const LAST_PAGE = 1000;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const open = url.searchParams.get('show') !== 'decided';
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), LAST_PAGE);
  const offset = (page - 1) * PER_PAGE;
  const { items, total, waiting } = await locals.run((ctx) =>
    listCorrections(ctx, { open, offset, limit: PER_PAGE }),
  );
  return {
    open,
    waiting: formatNumber(waiting, { locale }),
    corrections: items.map((one) => ({
      id: one.id,
      name: one.name,
      demo: one.demo,
      field: fieldWords(one.field, locale),
      asked: formatDateTime(one.askedAt, locale),
      state: stateLabel(one.state),
    })),
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    first: offset + 1,
    total: formatNumber(total, { locale }),
    crumbs: [{ href: url.pathname, label: m.registry_corrections_nav({}, { locale }) }],
  };
};
