import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, textsOf, typedOf } from '#app/attempt';
import { taskLinks } from '#domain/office';
import { listColleagues } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { levelsOf } from '../../../board.ts';
import { openBoard } from '../../../desk.ts';
import { listWorks } from '../../../money/ledger.queries.ts';
import { assignIndicator } from '../../../plan.actions.ts';
import { assignmentsOf, type Assignment } from '../../../plan.queries.ts';
import { addStep, endStep } from '../../../plan/step.actions.ts';
import { stepsOf } from '../../../plan/plan.queries.ts';
import type { Risk, Step } from '../../../plan/plan.ts';
import { lineView } from '../../../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** The plan of one indicator: who, with whom, by when, step by step, with which money, what may come in the way. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { locale } = ctx;
    const { board, code: set } = await openBoard(ctx, url.searchParams);
    const line = mustExist(
      board && levelsOf(board).indicators.find(({ indicator }) => indicator.code === params.code),
      'criteria.indicator',
    );
    const named = (await assignmentsOf(ctx, set)).get(params.code);
    const steps = (await stepsOf(ctx, set)).get(params.code) ?? [];
    const works = await listWorks(ctx, localDateOf(ctx.now));
    const title = `${params.code} ${line.indicator.text.vi}`;
    return {
      set,
      line: lineView(line, locale, true),
      named: named && namedView(ctx, named, works),
      now: named ?? null,
      steps: steps.map((step) => stepView(ctx, step)),
      open: steps.filter(({ end }) => end === null).map(({ id, what }) => ({ value: id, label: what })),
      tasks: await taskLinks(ctx, { kind: 'indicator', id: `${set}/${params.code}`, title }),
      officials: (await listColleagues(ctx)).map(({ id, fullName }) => ({ value: id, label: fullName })),
      works: works.map((work) => ({ value: work.id, label: work.title[locale] })),
      may: { assign: may(ctx, 'criteria.plan.assign'), work: may(ctx, 'criteria.plan.work') },
      done: url.searchParams.has('done'),
      indicatorHref: localizeHref(`/criteria/staff/${params.code}?${new URLSearchParams({ set })}`),
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: localizeHref('/criteria/staff/plan'), label: m.criteria_plan({}, ctx) },
        { href: url.pathname, label: params.code },
      ],
    };
  });

function namedView(ctx: Ctx, named: Assignment, works: Awaited<ReturnType<typeof listWorks>>) {
  return {
    official: named.official,
    coWorkers: named.coWorkers.join(', '),
    deadline: named.deadline ? formatDate(named.deadline, ctx.locale) : '–',
    steps: named.steps ?? '–',
    work: works.find(({ id }) => id === named.workId)?.title[ctx.locale] ?? '–',
    workHref: named.workId && localizeHref(`/criteria/money/${named.workId}`),
    risk: named.risk,
    riskLevel: named.riskLevel,
  };
}

function stepView({ locale, now }: Ctx, step: Step) {
  return {
    id: step.id,
    what: step.what,
    days: `${formatDate(step.beginsOn, locale)} – ${formatDate(step.due, locale)}`,
    official: step.official ?? '–',
    task: step.taskId && localizeHref(`/office/staff/tasks/${step.taskId}`),
    end: step.end && { way: step.end.way, on: formatDate(step.end.on, locale), note: step.end.note },
    late: step.end === null && step.due < localDateOf(now),
  };
}

/** One form of the page: reads, tries, and comes back. */
function act(
  form: string,
  work: (
    ctx: Ctx,
    place: { set: string; indicator: string },
    typed: Record<string, string>,
  ) => Promise<unknown>,
): Actions[string] {
  return async ({ locals, request, params, url }) => {
    const set = url.searchParams.get('set') ?? '';
    const typed =
      form === 'assign' ? textsOf(await request.formData(), ['coWorkers']) : await typedOf(request);
    const refused = await attempt(locals, form, typed, (ctx) =>
      work(ctx, { set, indicator: params.code! }, typed),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?${new URLSearchParams({ set, done: '1' })}`);
  };
}

export const actions: Actions = {
  assign: act('assign', (ctx, place, typed) =>
    assignIndicator(ctx, place, {
      officialId: typed.officialId ?? '',
      coWorkers: (typed.coWorkers ?? '').split(',').filter(Boolean),
      deadline: typed.deadline ?? '',
      steps: typed.steps ?? '',
      workId: typed.workId ?? '',
      risk: typed.risk ?? '',
      riskLevel: (typed.riskLevel || null) as Risk | null,
      task: typed.task === 'yes',
    }),
  ),
  step: act('step', (ctx, place, { what = '', beginsOn = '', due = '', officialId = '', task }) =>
    addStep(ctx, place, { what, beginsOn, due, officialId, task: task === 'yes' }),
  ),
  end: act('end', (ctx, _place, { stepId = '', way, onDay = '', note = '' }) =>
    endStep(ctx, stepId, { way: way as 'done', onDay, note }),
  ),
};
