import { m } from '#i18n/messages';
import { formatDate, formatNumber } from '#kernel/format';
import { pageIn } from '#kernel/pager';
import { pagesOf, readProducers } from '../address.ts';
import { hamletNames, hamletOptions } from '../desk.queries.ts';
import { KINDS, STANDARDS } from '../producer.ts';
import { listProducers } from '../producer.queries.ts';
import { TRADES, tradeWords } from '../trade.ts';
import { kindWords, standardWords } from '../words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const filter = readProducers(url.searchParams);
  const { found, names, hamlets } = await locals.run(async (ctx) => ({
    found: await listProducers(ctx, filter),
    names: await hamletNames(ctx),
    hamlets: await hamletOptions(ctx),
  }));
  const { kind, standard, trade, hamletId, state, q } = filter;
  return {
    filter: {
      q: q ?? '',
      kind: kind ?? '',
      standard: standard ?? '',
      trade: trade ?? '',
      hamlet: hamletId ?? '',
      state: state ?? 'working',
    },
    filtered: Boolean(q || kind || standard || trade || hamletId || (state && state !== 'working')),
    folded: Boolean(standard || trade || (state && state !== 'working')),
    query: url.searchParams.toString(),
    kinds: KINDS.map((one) => ({ value: one, label: kindWords(one, locale) })),
    standards: STANDARDS.map((one) => ({ value: one, label: standardWords(one, locale) })),
    trades: TRADES.map((one) => ({ value: one, label: tradeWords(one, locale) })),
    hamlets,
    rows: found.items.map((one) => ({
      id: one.id,
      name: one.name,
      demo: one.demo,
      kind: kindWords(one.kind, locale),
      hamlet: (one.hamletId && names.get(one.hamletId)) || '',
      standard: one.standard && standardWords(one.standard, locale),
      members: formatNumber(one.members, { locale }),
      head: one.headName ?? '',
      ended: one.last && formatDate(one.last, locale),
    })),
    count: formatNumber(found.total, { locale }),
    pages: pagesOf(found.total, pageIn(url.searchParams), found.items.length),
    crumbs: [{ href: url.pathname, label: m.producers_desk({}, { locale }) }],
  };
};
