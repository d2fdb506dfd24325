import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow, may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { moneyOverview, type WorkMoney } from '../../money/overview.queries.ts';
import { listDonors } from '../../money/donors.queries.ts';
import type { FundKind } from '../../money/ledger.ts';
import { listFunds } from '../../money/ledger.queries.ts';
import { addDonor, addFund, addWork, recordThanks } from '../../money/setup.actions.ts';
import { fundKindWords, sumWords } from '../../money/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** The desk's list of works and sources, who gave, and the forms that add to them. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    allow(ctx, 'criteria.money.keep');
    const found = await moneyOverview(ctx, localDateOf(ctx.now));
    const works = [...found.pilots.flatMap((pilot) => pilot.works), ...found.others];
    return {
      works: works.map((work) => workView(ctx, work)),
      pilots: found.pilots.map(({ code, title }) => ({
        value: code,
        label: `${code}. ${title[ctx.locale]}`,
      })),
      funds: (await listFunds(ctx)).map(({ code, title, kind, paper }) => ({
        code,
        title: title[ctx.locale],
        kind: fundKindWords(kind, ctx.locale),
        paper,
      })),
      donors: (await listDonors(ctx)).map(({ id, name, shown }) => ({ id, name, shown })),
      hamlets: (await listHamlets(ctx)).map(({ id, name }) => ({ value: id, label: name })),
      may: { fund: may(ctx, 'criteria.plan.fund'), donor: may(ctx, 'criteria.donor.enter') },
      done: url.searchParams.has('done'),
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: url.pathname, label: m.criteria_money({}, ctx) },
      ],
    };
  });

function workView(ctx: Ctx, { id, title, pilot, sums }: WorkMoney) {
  return {
    id,
    title: title[ctx.locale],
    pilot: pilot ?? '–',
    href: localizeHref(`/criteria/staff/money/${id}`),
    ...sumWords(sums, ctx.locale),
  };
}

const DONE = '/criteria/staff/money?done=1';

export const actions: Actions = {
  fund: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const { code = '', titleVi = '', titleEn = '', paper = '' } = typed;
    const given = { code, titleVi, titleEn: titleEn || titleVi, paper, kind: typed.kind as FundKind };
    const refused = await attempt(locals, 'fund', typed, (ctx) => addFund(ctx, given));
    if (refused) return refused;
    redirect(303, localizeHref(DONE));
  },

  work: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const { pilot = '', hamletId = '', titleVi = '', titleEn = '', beginsOn = '' } = typed;
    let id = '';
    const refused = await attempt(locals, 'work', typed, async (ctx) => {
      id = await addWork(ctx, { pilot, hamletId, titleVi, titleEn: titleEn || titleVi, beginsOn });
    });
    if (refused) return refused;
    redirect(303, localizeHref(`/criteria/staff/money/${id}`));
  },

  donor: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const { name = '', hamletId = '', how = '' } = typed;
    const refused = await attempt(locals, 'donor', typed, async (ctx) => {
      const id = await addDonor(ctx, { name, hamletId, kind: typed.kind as 'person' });
      await recordThanks(ctx, id, { shown: typed.shown as 'none', how });
    });
    if (refused) return refused;
    redirect(303, localizeHref(DONE));
  },

  thanks: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const { donorId = '', how = '' } = typed;
    const refused = await attempt(locals, 'thanks', typed, (ctx) =>
      recordThanks(ctx, donorId, { shown: typed.shown as 'none', how }),
    );
    if (refused) return refused;
    redirect(303, localizeHref(DONE));
  },
};
