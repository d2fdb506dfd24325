import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { newId } from '#kernel/ids';
import { refuseField } from '#kernel/input';
import { checklistIn, inspectionInput, inspectionQuestions } from '../../../inspection/edge.view.ts';
import { recordInspection } from '../../../inspection/inspection.actions.ts';
import { openDiary, signInFirst } from '../../edge.page.ts';
import { holderWords } from '../../holder-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** A technician inspects one of the members. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { locals, url } = event;
  const others = (await openDiary(event)).choices.filter(({ own }) => !own);
  if (others.length === 0) redirect(303, localizeHref('/farming/diary/inspections'));
  const checklist = checklistIn(url.searchParams);
  const { actor } = locals;
  const questions = inspectionQuestions(
    checklist,
    {
      kind: 'list',
      name: 'holder',
      label: m.farming_inspection_whose(),
      options: others.map((one) => ({ value: one.id, label: holderWords(one) })),
    },
    locals.locale,
  );
  return {
    title: checklist.title[locals.locale],
    source: checklist.source,
    verified: checklist.verified,
    action: `?checklist=${checklist.code}`,
    // Whoever fills it in was there, as a rule.
    questions: questions.map((one) =>
      one.name === 'inspector' && actor.kind === 'person' ? { ...one, value: actor.name } : one,
    ),
    id: newId(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, request, url } = event;
    const { choices } = await openDiary(event);
    const typed = await typedOf(request);
    let made = '';
    const refused = await attempt(locals, 'inspection', typed, async (ctx) => {
      const holder =
        choices.find(({ id }) => id === typed['holder']) ?? refuseField('holder', 'input.missing');
      const { householdId, producerId } = holder;
      const checklist = checklistIn(url.searchParams).code;
      made = await recordInspection(ctx, inspectionInput(typed, { checklist, householdId, producerId }));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref('/farming/diary/inspections')}/${made}?done=1`);
  },
};
