import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, attemptAll, textsOf, typedOf } from '#app/attempt';
import { takeFile } from '#app/take-file';
import { listColleagues } from '#domain/registry';
import { mustExist } from '#kernel/errors';
import { formatDate, formatDateTime } from '#kernel/format';
import { displayValue } from '#kernel/measures';
import { may } from '#kernel/rights';
import { localDate } from '#kernel/time';
import type { Ctx, Locale } from '#kernel/context';
import { recordValue, signIndicator } from '../../assess.actions.ts';
import { levelsOf, type BoardLine, type Signed } from '../../board.ts';
import { openBoard } from '../../desk.ts';
import { assignIndicator } from '../../plan.actions.ts';
import { assignmentsOf, type Assignment } from '../../plan.queries.ts';
import type { Stage, Verdict } from '../../judge.ts';
import { lineView, stageWords, statusView } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

const RECORDS = 50;

/** One indicator: its number with the records behind it, what was signed, who answers for it, the forms. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const found = await locals.run(async (ctx) => {
    const { board, asOf, code: set } = await openBoard(ctx, url.searchParams);
    const named = (await assignmentsOf(ctx, set)).get(params.code);
    const line = mustExist(
      board && levelsOf(board).indicators.find(({ indicator }) => indicator.code === params.code),
      'criteria.indicator',
    );
    return {
      line,
      asOf,
      set,
      named,
      behind: await recordsBehind(ctx, line, asOf),
      officials: await listColleagues(ctx),
      may: mayDo(ctx),
    };
  });
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
    named: named && namedView(named, locale),
    files: line.files.map(({ id, name }) => ({ id, name, href: `${url.pathname}/files/${id}` })),
    signatures: line.signatures.map((one) => signatureView(one, locale)),
    officials: found.officials.map(({ id, fullName }) => ({ value: id, label: fullName })),
    may: found.may,
    done: url.searchParams.get('done') !== null,
    crumbs: [
      { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, { locale }) },
      { href: url.pathname, label: params.code },
    ],
  };
};

function namedView({ official, deadline, steps, taskId }: Assignment, locale: Locale) {
  return {
    official,
    deadline: deadline ? formatDate(localDate(deadline), locale) : '–',
    steps: steps ?? '–',
    task: taskId && localizeHref(`/office/staff/tasks/${taskId}`),
  };
}

function mayDo(ctx: Ctx) {
  return {
    value: may(ctx, 'criteria.value.enter'),
    assess: may(ctx, 'criteria.assessment.assess'),
    review: may(ctx, 'criteria.assessment.review'),
    assign: may(ctx, 'criteria.plan.assign'),
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

/** The lists that the formula counts, as the reader may see them. */
async function recordsBehind(ctx: Ctx, line: BoardLine, asOf: string) {
  const measures = ctx.wiring.measures.filter(({ name }) => line.value.measures.includes(name));
  const lists = [];
  for (const measure of measures) {
    const question = { asOf, scope: 'commune' };
    const computed = await measure.compute(ctx, question);
    const { records } = await measure.list(ctx, question, 'numerator', { offset: 0, limit: RECORDS });
    lists.push({
      name: measure.name,
      title: measure.title[ctx.locale],
      meaning: measure.meaning[ctx.locale],
      display: displayValue(measure.unit, computed, ctx.locale),
      rows: records.map(({ id, label, href, at }) => ({
        id,
        label,
        href: href && localizeHref(href),
        day: formatDate(at, ctx.locale),
      })),
    });
  }
  return lists;
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

  assign: async ({ locals, params, request, url }) => {
    const typed = await typedOf(request);
    const { officialId = '', deadline = '', steps = '' } = typed;
    const refused = await attempt(locals, 'assign', typed, (ctx) =>
      assignIndicator(ctx, placeOf(url, params.code), {
        officialId,
        deadline,
        steps,
        task: typed.task === 'yes',
      }),
    );
    if (refused) return refused;
    redirect(303, doneAt(url));
  },
};
