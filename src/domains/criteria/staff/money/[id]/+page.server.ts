import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import type { Ctx } from '#kernel/context';
import { formatDate } from '#kernel/format';
import { parseMoney } from '#kernel/money';
import { may } from '#kernel/rights';
import { counterEntry, enterMoney } from '../../../money/money.actions.ts';
import { listDonors } from '../../../money/donors.queries.ts';
import type { Form, Step } from '../../../money/ledger.ts';
import { listContracts, listFunds, type Entry } from '../../../money/ledger.queries.ts';
import { deskLedger } from '../../../money/overview.queries.ts';
import { addContract, addResult } from '../../../money/setup.actions.ts';
import { entryWords, formWords, fundKindWords, stepWords } from '../../../money/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** One work's ledger with every entry, and the forms that add to it. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { work, entries } = await deskLedger(ctx, params.id);
    const donors = await listDonors(ctx);
    const nameOf = new Map(donors.map(({ id, name }) => [id, name]));
    const gone = new Set(entries.flatMap(({ counters }) => counters ?? []));
    const funds = await listFunds(ctx);
    return {
      title: work.title[ctx.locale],
      entries: entries.map((entry) => ({
        ...entryView(ctx, entry),
        donor: nameOf.get(entry.donorId ?? '') ?? '–',
        fund: funds.find(({ code }) => code === entry.fund)?.title[ctx.locale] ?? entry.fund,
        gone: gone.has(entry.id),
      })),
      funds: funds.map(({ code, title, kind }) => ({
        value: code,
        label: `${title[ctx.locale]} (${fundKindWords(kind, ctx.locale)})`,
      })),
      donors: donors.map(({ id, name }) => ({ value: id, label: name })),
      contracts: (await listContracts(ctx, work.id)).map(({ id, number, contractor }) => ({
        value: id,
        label: `${number} – ${contractor}`,
      })),
      open: entries
        .filter(({ id, counters }) => counters === null && !gone.has(id))
        .map((entry) => ({ value: entry.id, label: lineWords(ctx, entry) })),
      may: {
        enter: may(ctx, 'criteria.money.enter'),
        correct: may(ctx, 'criteria.money.correct'),
        fund: may(ctx, 'criteria.plan.fund'),
      },
      public: localizeHref(`/criteria/money/${work.id}`),
      done: url.searchParams.has('done'),
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: localizeHref('/criteria/staff/money'), label: m.criteria_money({}, ctx) },
        { href: url.pathname, label: work.title[ctx.locale] },
      ],
    };
  });

function entryView({ locale }: Ctx, entry: Entry) {
  return {
    id: entry.id,
    day: formatDate(entry.onDay, locale),
    step: stepWords(entry.step, locale),
    form: formWords(entry.form, locale),
    amount: entryWords(entry, locale),
    what: entry.what,
    reason: entry.reason,
  };
}

function lineWords({ locale }: Ctx, entry: Entry): string {
  const parts = [formatDate(entry.onDay, locale), stepWords(entry.step, locale), entryWords(entry, locale)];
  return `${parts.join(', ')}: ${entry.what}`;
}

type Work = (ctx: Ctx, id: string, typed: Record<string, string>) => Promise<unknown>;

/** One form of the page: reads, tries, and comes back. */
function act(form: string, work: Work): Actions[string] {
  return async ({ locals, request, params, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, form, typed, (ctx) => work(ctx, params.id, typed));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=1`);
  };
}

/** What cannot be read as money is refused by the verb, at the field. */
function moneyOf(text: string | undefined): bigint {
  return parseMoney(text ?? '') ?? -1n;
}

function quantityOf(text = ''): number | null {
  return text.trim() === '' ? null : Number(text.trim().replace(',', '.'));
}

export const actions: Actions = {
  enter: act('enter', (ctx, id, typed) =>
    enterMoney(ctx, id, {
      step: typed.step as Step,
      fund: typed.fund ?? '',
      form: typed.form as Form,
      amount: moneyOf(typed.amount),
      quantity: quantityOf(typed.quantity),
      donorId: typed.donorId ?? '',
      contractId: typed.contractId ?? '',
      onDay: typed.onDay ?? '',
      what: typed.what ?? '',
    }),
  ),
  counter: act('counter', (ctx, _id, { entryId = '', reason = '' }) =>
    counterEntry(ctx, entryId, { reason }),
  ),
  contract: act('contract', (ctx, id, typed) =>
    addContract(ctx, id, {
      number: typed.number ?? '',
      contractor: typed.contractor ?? '',
      what: typed.what ?? '',
      amount: moneyOf(typed.amount),
      signedOn: typed.signedOn ?? '',
    }),
  ),
  result: act('result', (ctx, id, { onDay = '', what = '' }) => addResult(ctx, id, { onDay, what })),
};
