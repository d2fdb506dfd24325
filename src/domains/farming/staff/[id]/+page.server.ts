import { redirect } from '@sveltejs/kit';
import { attempt, attemptAll, textsOf, typedOf } from '#app/attempt';
import { takeFile } from '#app/take-file';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { localDateOf } from '#kernel/time';
import { listAreas } from '../../area/area.queries.ts';
import { describedInput, plantingInput } from '../../plot-form.ts';
import { headNames, typedHousehold } from '../../plot/household.queries.ts';
import { handOver, plant } from '../../plot/link.actions.ts';
import { overlapsOf, plotsAround } from '../../plot/overlap.queries.ts';
import { changePlot, endPlot } from '../../plot/plot.actions.ts';
import { getPlot } from '../../plot/plot.queries.ts';
import { standardOn } from '../../plot/standard.queries.ts';
import { openPlotToTests, recordTest } from '../../test/test.actions.ts';
import { testInput } from '../../test/test-form.ts';
import { testsOfPlot } from '../../test/test.queries.ts';
import { formsOf, plotView } from './view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const found = await locals.run(async (ctx) => {
    const plot = await getPlot(ctx, params.id);
    return {
      plot,
      heads: await headNames(ctx, plot.holders),
      standard: await standardOn(ctx, plot.id, localDateOf(ctx.now)),
      tests: await testsOfPlot(ctx, plot.id),
      overlaps: await overlapsOf(ctx, plot.id),
      around: await plotsAround(ctx, plot.id),
      areas: new Map((await listAreas(ctx)).map(({ id, name }) => [id, name])),
    };
  });
  const { plot } = found;
  return {
    ...plotView({ ...found, open: new Set(desk.seen.map(({ value }) => value)) }, locale),
    householdId: plot.holders.find(({ last }) => last === null)?.householdId ?? null,
    forms: formsOf(plot, locale),
    hamlet: desk.seen.find(({ value }) => value === plot.hamletId)?.label ?? '',
    mayWrite: plot.last === null && desk.edit.some(({ value }) => value === plot.hamletId),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/farming/staff'), label: m.farming_nav_staff({}, { locale }) },
      { href: url.pathname, label: plot.code },
    ],
  };
};

type Work = (ctx: Ctx, id: string, typed: Record<string, string>) => Promise<unknown>;

/** One form of the page: reads, tries, and comes back with what was done. */
function act(form: string, work: Work): Actions[string] {
  return async ({ locals, request, params, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, form, typed, (ctx) => work(ctx, params.id, typed));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=changed`);
  };
}

export const actions: Actions = {
  change: act('change', (ctx, id, typed) =>
    changePlot(ctx, id, describedInput(typed), Number(typed['version'])),
  ),
  hand: act('hand', async (ctx, id, { household = '', hamletId = '', from = '' }) => {
    const householdId = await typedHousehold(ctx, hamletId, household);
    await handOver(ctx, id, { householdId, from });
  }),
  plant: act('plant', (ctx, id, typed) => {
    const { cultivar, plantedYear } = plantingInput(typed);
    return plant(ctx, id, { cultivar: cultivar ?? '', plantedYear, from: typed['from'] ?? '' });
  }),
  test: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const typed = textsOf(form);
    await locals.run((ctx) => openPlotToTests(ctx, params.id));
    const refused = await attemptAll(locals, 'test', typed, async () => {
      const input = testInput(params.id, typed);
      const file = await takeFile(form, 'file', locals.files);
      await locals.run((ctx) => recordTest(ctx, input, file));
    });
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=changed`);
  },
  end: act('end', (ctx, id, { lastDay = '' }) => endPlot(ctx, id, { lastDay })),
};
