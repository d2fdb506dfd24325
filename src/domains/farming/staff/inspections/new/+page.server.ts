import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { newId } from '#kernel/ids';
import { checklistIn, inspectionInput, inspectionQuestions } from '../../../inspection/edge.view.ts';
import { recordInspection } from '../../../inspection/inspection.actions.ts';
import { holderOfCode } from '../../../inspection/holder.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const checklist = checklistIn(url.searchParams);
  const plot = (url.searchParams.get('plot') ?? '').slice(0, 20);
  const place = localizeHref('/farming/staff/inspections');
  return {
    title: checklist.title[locals.locale],
    source: checklist.source,
    verified: checklist.verified,
    action: `?checklist=${checklist.code}`,
    questions: inspectionQuestions(
      checklist,
      { kind: 'line', name: 'plot', label: m.farming_inspection_plot(), size: 'short', value: plot },
      locals.locale,
    ),
    id: newId(),
    crumbs: [
      { href: place, label: m.farming_inspections() },
      { href: `${place}/new`, label: checklist.title[locals.locale] },
    ],
  };
};

export const actions: Actions = {
  default: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    let made = '';
    const refused = await attempt(locals, 'inspection', typed, async (ctx) => {
      const holder = await holderOfCode(ctx, typed['plot'] ?? '');
      made = await recordInspection(
        ctx,
        inspectionInput(typed, { checklist: checklistIn(url.searchParams).code, ...holder }),
      );
    });
    if (refused) return refused;
    redirect(303, `${localizeHref('/farming/staff/inspections')}/${made}?done=1`);
  },
};
