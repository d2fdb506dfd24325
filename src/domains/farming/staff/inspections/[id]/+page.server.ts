import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { inspectionView } from '../../../inspection/edge.view.ts';
import { closeNonconformity } from '../../../inspection/inspection.actions.ts';
import { getInspection } from '../../../inspection/inspection.queries.ts';
import { headNames } from '../../../plot/household.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { view, mayClose, today } = await locals.run(async (ctx) => {
    const one = await getInspection(ctx, params.id);
    const heads = await headNames(ctx, [one]);
    const day = localDateOf(ctx.now);
    return {
      view: inspectionView(one, (one.householdId && heads.get(one.householdId)) ?? null, day, locale),
      mayClose: may(ctx, 'farming.inspection.close', { kind: 'inspection', hamlet_id: one.hamletId }),
      today: day,
    };
  });
  return {
    view,
    mayClose,
    today,
    done: url.searchParams.has('done'),
    crumbs: [
      { href: localizeHref('/farming/staff/inspections'), label: m.farming_inspections() },
      { href: url.pathname, label: view.title },
    ],
  };
};

export const actions: Actions = {
  close: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { finding = '', on = '', note = '' } = typed;
    const refused = await attempt(locals, `close-${finding}`, typed, (ctx) =>
      closeNonconformity(ctx, finding, { on, note }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=1`);
  },
};
