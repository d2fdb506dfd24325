import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { formatDate } from '#kernel/format';
import { displayValue } from '#kernel/measures';
import { localDateOf } from '#kernel/time';
import { pageIn } from '#kernel/pager';
import { pagesOf, PER_PAGE } from './address.ts';
import { listCraftVillages } from './craft/craft.queries.ts';
import { hamletNames } from './desk.queries.ts';
import { MEASURES } from './figures/measures.ts';
import { KINDS } from './producer.ts';
import { publicProducers } from './profile/profile.queries.ts';
import { holdsOn } from '#kernel/span';
import { tradeWords } from './trade.ts';
import { kindWords } from './words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const kind = KINDS.find((one) => one === url.searchParams.get('kind'));
  const page = pageIn(url.searchParams);
  const found = await locals.run(async (ctx) => {
    const day = localDateOf(ctx.now);
    return {
      list: await publicProducers(ctx, { q, kind, offset: (page - 1) * PER_PAGE, limit: PER_PAGE }),
      names: await hamletNames(ctx),
      tiles: await tilesOf(ctx, day),
      crafts: (await listCraftVillages(ctx)).filter((one) => holdsOn(one, day)),
      day,
    };
  });
  return {
    q,
    query: url.searchParams.toString(),
    people: found.list.items.map((one) => ({
      slug: one.slug,
      name: one.name,
      demo: one.demo,
      kind: kindWords(one.kind, locale),
      hamlet: (one.hamletId && found.names.get(one.hamletId)) || null,
      trades: one.trades.map((trade) => tradeWords(trade, locale)).join(', '),
    })),
    pages: pagesOf(found.list.total, page, found.list.items.length),
    tiles: found.tiles,
    crafts: found.crafts.map((one) => ({
      id: one.id,
      demo: one.demo,
      words: m.producers_public_craft_line(
        {
          name: found.names.get(one.hamletId) ?? one.name,
          number: one.decisionNumber,
          date: formatDate(one.from, locale),
        },
        { locale },
      ),
    })),
    asOf: formatDate(found.day, locale),
  };
};

async function tilesOf(ctx: Ctx, day: string) {
  const tiles = [];
  for (const measure of MEASURES) {
    const computed = await measure.compute(ctx, { asOf: day, scope: 'commune' });
    const query = new URLSearchParams({ measure: measure.name, as_of: day });
    tiles.push({
      name: measure.name,
      title: measure.title[ctx.locale],
      display: computed.value === null ? null : displayValue(measure.unit, computed, ctx.locale),
      href: `${localizeHref('/producers/records', { locale: ctx.locale })}?${query}`,
    });
  }
  return tiles;
}
