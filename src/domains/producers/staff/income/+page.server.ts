import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate, formatMoney } from '#kernel/format';
import { parseMoney } from '#kernel/money';
import { hamletNames, hamletOptions } from '../../desk.queries.ts';
import { recordIncome, removeIncome } from '../../income/income.actions.ts';
import { listIncomes } from '../../income/income.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { all, names, hamlets } = await locals.run(async (ctx) => ({
    all: await listIncomes(ctx),
    names: await hamletNames(ctx),
    hamlets: await hamletOptions(ctx),
  }));
  return {
    hamlets,
    rows: all.map((one) => ({
      id: one.id,
      year: String(one.year),
      amount: formatMoney(one.amount, locale),
      place:
        one.hamletId === null ? m.producers_income_whole({}, { locale }) : (names.get(one.hamletId) ?? '–'),
      source: one.source,
      stated: formatDate(one.statedOn, locale),
      verified: one.verified,
    })),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/producers/staff'), label: m.producers_desk({}, { locale }) },
      { href: url.pathname, label: m.producers_nav_income({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  record: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { hamletId, source = '', statedOn = '' } = typed;
    const year = /^\d{4}$/.test(typed.year ?? '') ? Number(typed.year) : 0;
    const amount = parseMoney(typed.amount ?? '') ?? 0n;
    const verified = typed.verified === 'yes';
    const refused = await attempt(locals, 'record', typed, (ctx) =>
      recordIncome(ctx, { year, hamletId, amount, source, statedOn, verified }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=income`);
  },

  remove: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'remove', typed, (ctx) => removeIncome(ctx, typed.id ?? ''));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=removed`);
  },
};
