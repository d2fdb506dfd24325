import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { addDays } from '#kernel/time';
import { recogniseCraftVillage, withdrawCraftVillage } from '../../craft/craft.actions.ts';
import { listCraftVillages } from '../../craft/craft.queries.ts';
import { hamletNames, hamletOptions } from '../../desk.queries.ts';
import { TRADES, tradeWords } from '../../trade.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { all, names, hamlets } = await locals.run(async (ctx) => ({
    all: await listCraftVillages(ctx),
    names: await hamletNames(ctx),
    hamlets: await hamletOptions(ctx),
  }));
  const withdraw = url.searchParams.get('withdraw');
  return {
    hamlets,
    trades: TRADES.map((trade) => ({ value: trade, label: tradeWords(trade, locale) })),
    rows: all.map((one) => ({
      id: one.id,
      name: one.name,
      demo: one.demo,
      hamlet: names.get(one.hamletId) ?? '–',
      trade: tradeWords(one.trade, locale),
      decision: `${one.decisionNumber}, ${one.decisionIssuer}`,
      recognised: formatDate(one.from, locale),
      withdrawn: one.last && formatDate(addDays(one.last, 1), locale),
      verified: one.verified,
    })),
    withdrawing: all.find((one) => one.id === withdraw && one.last === null) ?? null,
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/producers/staff'), label: m.producers_desk({}, { locale }) },
      { href: url.pathname, label: m.producers_nav_craft({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  recognise: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { hamletId = '', name = '', trade = '', decisionNumber = '', decisionIssuer = '' } = typed;
    const given = { hamletId, name, trade, decisionNumber, decisionIssuer };
    const verified = typed.verified === 'yes';
    const refused = await attempt(locals, 'recognise', typed, (ctx) =>
      recogniseCraftVillage(ctx, { ...given, recognisedOn: typed.recognisedOn ?? '', verified }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=recognised`);
  },

  withdraw: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { id = '', on = '', decision = '' } = typed;
    const refused = await attempt(locals, 'withdraw', typed, (ctx) =>
      withdrawCraftVillage(ctx, id, { on, decision }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=craft-withdrawn`);
  },
};
