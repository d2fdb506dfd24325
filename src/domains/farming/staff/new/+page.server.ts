import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { localDateOf } from '#kernel/time';
import { refuse } from '#kernel/errors';
import {
  areaInput,
  dayQuestion,
  describedInput,
  describedQuestions,
  placeQuestions,
  plantingInput,
  plantingQuestions,
  shapeQuestions,
} from '../../plot-form.ts';
import { typedHousehold } from '../../plot/household.queries.ts';
import { groundOf } from '../../plot/ground.queries.ts';
import { addPlot } from '../../plot/plot.actions.ts';
import { typedGeometry } from '../../plot/typed.ts';
import { saidMade } from '../../plot/walk.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { desk } = await parent();
  if (desk.edit.length === 0) refuse('refused', 403);
  const asked = url.searchParams.get('hamlet');
  const hamletId = desk.edit.find(({ value }) => value === asked)?.value ?? desk.edit[0]!.value;
  return {
    questions: [
      ...placeQuestions(desk.edit, hamletId),
      ...shapeQuestions(),
      ...describedQuestions(),
      ...plantingQuestions(),
      dayQuestion('from', m.farming_from({}, { locale: locals.locale }), localDateOf(new Date())),
    ],
    ground: await locals.run((ctx) => groundOf(ctx, hamletId)),
    crumbs: [
      { href: localizeHref('/farming/staff'), label: m.farming_nav_staff({}, { locale: locals.locale }) },
      { href: url.pathname, label: m.farming_plot_add({}, { locale: locals.locale }) },
    ],
  };
};

export const actions: Actions = {
  add: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const { hamletId = '', household = '', from = '', corners = '' } = typed;
    let id = '';
    const refused = await attempt(locals, 'add', typed, async (ctx) => {
      const householdId = await typedHousehold(ctx, hamletId, household);
      const described = { ...describedInput(typed), ...plantingInput(typed) };
      const shape = { geometry: typedGeometry(corners), areaM2: areaInput(typed), ...saidMade(typed) };
      ({ id } = await addPlot(ctx, { hamletId, householdId, from, ...described, ...shape }));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/farming/staff/${id}`)}?done=added`);
  },
};
