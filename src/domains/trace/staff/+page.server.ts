import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatNumber } from '#kernel/format';
import { pageIn } from '#kernel/pager';
import { listLots, type LotFilter } from '../lot/lot.queries.ts';
import { LOT_KINDS, LOT_STATES } from '../lot/lot.ts';
import { gradeWords, kiloWords, kindWords, standardWords, stateWords, toneOf } from '../words.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const filter = filterOf(url.searchParams);
  const page = pageIn(url.searchParams);
  const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const { items, total } = await locals.run((ctx) => listLots(ctx, { ...filter, ...range }));
  const names = new Map(desk.producers.map(({ value, label }) => [value, label]));
  const { q = '', kind = '', state = '', producerId = '' } = filter;
  return {
    filter: { q, kind, state, producer: producerId },
    query: new URLSearchParams({ q, kind, state, producer: producerId }).toString(),
    kinds: LOT_KINDS.map((value) => ({ value, label: kindWords(value, locale) })),
    states: LOT_STATES.map((value) => ({ value, label: stateWords(value, locale) })),
    count: formatNumber(total, { locale }),
    rows: items.map((lot) => ({
      id: lot.id,
      code: lot.code,
      product: lot.productName,
      kind: kindWords(lot.kind, locale),
      producer: names.get(lot.producerId) ?? '',
      made: formatDate(lot.madeOn, locale),
      left: kiloWords(lot.leftG, locale),
      of: kiloWords(lot.madeG, locale),
      claims: `${standardWords(lot.standard, locale)} · ${gradeWords(lot.grade, locale)}`,
      state: stateWords(lot.state, locale),
      tone: toneOf(lot.state),
    })),
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    where: { first: range.offset + 1, shown: items.length, total },
    crumbs: [{ href: localizeHref('/trace/staff'), label: m.trace_nav_staff({}, { locale }) }],
  };
};

function filterOf(query: URLSearchParams): LotFilter {
  return {
    q: (query.get('q') ?? '').trim().slice(0, 40),
    kind: LOT_KINDS.find((one) => one === query.get('kind')),
    state: LOT_STATES.find((one) => one === query.get('state')),
    producerId: query.get('producer')?.slice(0, 60) || undefined,
  };
}
