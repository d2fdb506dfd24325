import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, attemptAll, textsOf, typedOf } from '#app/attempt';
import { takeFile } from '#app/take-file';
import { mustExist } from '#kernel/errors';
import { formatDate, formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import type { Ctx, Locale } from '#kernel/context';
import { recordValue, signIndicator } from '../../assess.actions.ts';
import { levelsOf, type Signed } from '../../board.ts';
import { openBoard } from '../../desk.ts';
import { commentIndicator, commentsOf } from '../../opinion/comment.ts';
import { assignmentsOf, type Assignment } from '../../plan.queries.ts';
import type { Stage, Verdict } from '../../judge.ts';
import { movementOf } from '../../values/movement.ts';
import { giveTaskForMissing } from '../../values/task.actions.ts';
import { recordsBehind } from '../../values/records.ts';
import { lineView, stageWords, statusView } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** One indicator: its number with the records behind it, what was signed, who answers for it, the forms. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const found = await locals.run((ctx) => readIndicator(ctx, params.code, url.searchParams));
  const { line, named } = found;
  return {
    line: lineView(line, locale, true),
    formula: line.indicator.formula,
    kind: line.indicator.kind,
    required: line.indicator.evidence[locale],
    set: found.set,
    asOf: found.asOf,
    day: formatDate(found.asOf, locale),
    behind: found.behind,
    comments: found.comments.map((one) => ({ ...one, at: formatDateTime(one.at, locale) })),
    movement: found.movement,
    named: named && namedView(named, locale),
    files: line.files.map(({ id, name }) => ({ id, name, href: `${url.pathname}/files/${id}` })),
    signatures: line.signatures.map((one) => signatureView(one, locale)),
    planHref: localizeHref(`/criteria/staff/${params.code}/plan?${new URLSearchParams({ set: found.set })}`),
    may: found.may,
    done: url.searchParams.get('done') !== null,
    crumbs: [
      { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, { locale }) },
      { href: url.pathname, label: params.code },
    ],
  };
};

async function readIndicator(ctx: Ctx, code: string, query: URLSearchParams) {
  const { board, asOf, code: set } = await openBoard(ctx, query);
  const named = (await assignmentsOf(ctx, set)).get(code);
  const line = mustExist(
    board && levelsOf(board).indicators.find((one) => one.indicator.code === code),
    'criteria.indicator',
  );
  return {
    line,
    asOf,
    set,
    named,
    movement: await movementOf(ctx, {
      set,
      line,
      deadline: named?.deadline ?? null,
      asked: { asOf, hamletId: null },
    }),
    comments: await commentsOf(ctx, { set, indicator: code }),
    behind: await recordsBehind(ctx, line, { asOf, hamletId: null }, query),
    may: mayDo(ctx),
  };
}

function namedView({ official, deadline, steps, taskId }: Assignment, locale: Locale) {
  return {
    official,
    deadline: deadline ? formatDate(deadline, locale) : '–',
    steps: steps ?? '–',
    task: taskId && localizeHref(`/office/staff/tasks/${taskId}`),
  };
}

function mayDo(ctx: Ctx) {
  return {
    value: may(ctx, 'criteria.value.enter'),
    assess: may(ctx, 'criteria.assessment.assess'),
    review: may(ctx, 'criteria.assessment.review'),
    appraise: may(ctx, 'criteria.assessment.appraise'),
    comment: may(ctx, 'criteria.comment.write'),
  };
}

function signatureView({ id, stage, verdict, reason, signerName, at }: Signed, locale: Locale) {
  return {
    id,
    stage: stageWords(stage, locale),
    verdict: statusView(verdict, locale),
    reason: reason ?? '',
    who: signerName,
    at: formatDateTime(at, locale),
  };
}

async function evidenceOf(form: FormData, { files }: Pick<App.Locals, 'files'>) {
  const file = await takeFile(form, 'file', files);
  return file ? [file] : [];
}

function placeOf(url: URL, code: string) {
  return { set: url.searchParams.get('set') ?? '', indicator: code };
}

function doneAt(url: URL): string {
  return `${url.pathname}?${new URLSearchParams({ set: url.searchParams.get('set') ?? '', done: '1' })}`;
}

export const actions: Actions = {
  value: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const typed = textsOf(form);
    const { value = '', onDay = '', evidence = '' } = typed;
    const given = { value: value.trim() === '' ? NaN : value.replace(',', '.'), onDay, evidence };
    const refused = await attemptAll(locals, 'value', typed, async () => {
      const files = await evidenceOf(form, locals);
      await locals.run((ctx) => recordValue(ctx, placeOf(url, params.code), given, files));
    });
    if (refused) return refused;
    redirect(303, doneAt(url));
  },

  sign: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const typed = textsOf(form);
    const { stage = '', verdict = '', reason = '' } = typed;
    const statement = { stage: stage as Stage, verdict: verdict as Verdict, reason };
    const refused = await attemptAll(locals, 'sign', typed, async () => {
      const files = await evidenceOf(form, locals);
      await locals.run((ctx) => signIndicator(ctx, placeOf(url, params.code), statement, files));
    });
    if (refused) return refused;
    redirect(303, doneAt(url));
  },

  comment: async ({ locals, params, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'comment', typed, (ctx) =>
      commentIndicator(ctx, placeOf(url, params.code), { body: typed.body ?? '' }),
    );
    if (refused) return refused;
    redirect(303, `${doneAt(url)}#comments`);
  },

  task: async ({ locals, params, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'task', typed, (ctx) =>
      giveTaskForMissing(ctx, placeOf(url, params.code), typed.hamlet || null),
    );
    if (refused) return refused;
    redirect(303, `${doneAt(url)}#missing`);
  },
};
