import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { localDateOf } from '#kernel/time';
import { areaInput, dayQuestion, shapeQuestions } from '../../../plot-form.ts';
import { partsOf } from '../../../plot/geometry.ts';
import { groundOf } from '../../../plot/ground.queries.ts';
import { redrawPlot } from '../../../plot/plot.actions.ts';
import { getPlot } from '../../../plot/plot.queries.ts';
import { typedGeometry, writtenCorners } from '../../../plot/typed.ts';
import { saidMade } from '../../../plot/walk.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { plot, ground } = await locals.run(async (ctx) => {
    const found = await getPlot(ctx, params.id);
    return { plot: found, ground: await groundOf(ctx, found.hamletId, found.id) };
  });
  const outline = plot.shapes[0] && partsOf(plot.shapes[0].geometry)[0]?.[0]?.slice(0, -1);
  const here = localizeHref(`/farming/staff/${plot.id}`);
  return {
    code: plot.code,
    ground,
    questions: [
      ...shapeQuestions(writtenCorners(outline ?? [])),
      dayQuestion('from', m.farming_shape_from({}, { locale }), localDateOf(new Date())),
    ],
    crumbs: [
      { href: localizeHref('/farming/staff'), label: m.farming_nav_staff({}, { locale }) },
      { href: here, label: plot.code },
      { href: url.pathname, label: m.farming_redraw({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  draw: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const { corners = '', from = '' } = typed;
    const refused = await attempt(locals, 'draw', typed, (ctx) => {
      const geometry = typedGeometry(corners);
      const shape = { geometry, areaM2: areaInput(typed), ...saidMade(typed) };
      return redrawPlot(ctx, params.id, { ...shape, from });
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/farming/staff/${params.id}`)}?done=redrawn`);
  },
};
