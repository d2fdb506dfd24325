import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { openConsultation } from '../../opinion/consultation.actions.ts';
import { countOpinions, listConsultations } from '../../opinion/consultation.queries.ts';
import type { Actions, PageServerLoad } from './$types';

/** Consultations with what came in, and the form that opens one. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const counts = await countOpinions(ctx);
    return {
      rows: (await listConsultations(ctx)).map(({ id, title, closesOn, open }) => ({
        id,
        title,
        open,
        href: localizeHref(`/criteria/staff/opinions/${id}`),
        closesOn: formatDate(closesOn, ctx.locale),
        given: String(counts.get(id)?.given ?? 0),
        waiting: String(counts.get(id)?.waiting ?? 0),
      })),
      mayOpen: may(ctx, 'criteria.consultation.open'),
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: url.pathname, label: m.criteria_opinions({}, ctx) },
      ],
    };
  });

export const actions: Actions = {
  open: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const { title = '', question = '', closesOn = '' } = typed;
    let id = '';
    const refused = await attempt(locals, 'open', typed, async (ctx) => {
      id = await openConsultation(ctx, { title, question, closesOn });
    });
    if (refused) return refused;
    redirect(303, localizeHref(`/criteria/staff/opinions/${id}`));
  },
};
