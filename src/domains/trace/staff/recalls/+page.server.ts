import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import type { AppliedInput } from '#domain/farming';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { isAppError } from '#kernel/errors';
import { formatDate, formatDateTime, type Locale } from '#kernel/format';
import { newId } from '#kernel/ids';
import { may } from '#kernel/rights';
import { refuseField } from '#kernel/input';
import { inputsBehind } from '../../lot/inputs.queries.ts';
import { listRecalls, lotsByCode, recallReach, type Reach } from '../../lot/lot.queries.ts';
import { endRecall, startRecall } from '../../lot/recall.actions.ts';
import { kiloWords, kindWords, stateWords, toneOf } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** What of a long reach is shown by name; everything is recalled. */
const SHOWN = 200;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const typed = (url.searchParams.get('lots') ?? '').slice(0, 4_000);
  const found = await locals.run(async (ctx) => {
    const reach = typed.trim() === '' ? null : await reachIn(ctx, typed);
    const inputs = reach === null || reach === 'unknown' ? [] : await inputsBehind(ctx, reach.sources);
    return { recalls: await listRecalls(ctx), reach, inputs, answer: may(ctx, 'trace.recall.start') };
  });
  return {
    typed,
    sent: newId(),
    mayStart: found.answer,
    unknown: found.reach === 'unknown',
    reach: found.reach === null || found.reach === 'unknown' ? null : reachView(found.reach, locale),
    inputs: found.inputs.map((one) => inputLine(one, locale)),
    recalls: found.recalls.map((recall) => ({
      id: recall.id,
      code: recall.code,
      report: localizeHref(`/trace/staff/recalls/${recall.id}.pdf`),
      reason: recall.reason,
      publicVi: recall.publicVi,
      words: m.trace_recall_line({
        at: formatDateTime(recall.startedAt, locale),
        name: recall.startedName,
        lots: recall.lots,
      }),
      ended:
        recall.endedAt &&
        m.trace_recall_over({ at: formatDate(recall.endedAt, locale), reason: recall.endReason ?? '' }),
    })),
    crumbs: [
      { href: localizeHref('/trace/staff'), label: m.trace_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.trace_recalls({}, { locale }) },
    ],
  };
};

async function reachIn(ctx: Ctx, typed: string): Promise<Reach | 'unknown'> {
  try {
    return await recallReach(ctx, await lotIdsOf(ctx, typed));
  } catch (thrown) {
    if (isAppError(thrown) && thrown.code === 'trace.lot.not_found') return 'unknown';
    throw thrown;
  }
}

/** @throws AppError `trace.lot.not_found` */
async function lotIdsOf(ctx: Ctx, typed: string): Promise<string[]> {
  const codes = [...new Set(typed.split(/[\s,;]+/).filter(Boolean))].slice(0, 200);
  return (await lotsByCode(ctx, codes)).map(({ id }) => id);
}

function inputLine({ entryId, on, kind, productName, plotIds }: AppliedInput, locale: Locale) {
  const l = { locale } as const;
  const what = kind === 'spray' ? m.trace_input_spray({}, l) : m.trace_input_fertilise({}, l);
  const plots = m.trace_input_plots({ count: plotIds.length }, l);
  return { id: entryId, words: [formatDate(on, locale), what, productName, plots].join(' · ') };
}

function reachView(reach: Reach, locale: Locale) {
  const codes = new Map(reach.lots.map(({ id, code }) => [id, code]));
  return {
    lots: reach.lots.slice(0, SHOWN).map((lot) => ({
      href: localizeHref(`/trace/staff/${lot.id}`),
      code: lot.code,
      words: `${kindWords(lot.kind, locale)} · ${kiloWords(lot.leftG, locale)} ${m.trace_of_made({ made: kiloWords(lot.madeG, locale) })}`,
      state: stateWords(lot.state, locale),
      tone: toneOf(lot.state),
    })),
    count: reach.lots.length,
    left: kiloWords(reach.leftG, locale),
    plots: new Set(reach.sources.map(({ plotId }) => plotId)).size,
    shipped: reach.shipped.map(({ lotId, buyer, orderRef, g, at }) => ({
      key: `${lotId} ${at.getTime()}`,
      words: [formatDate(at, locale), buyer, orderRef, codes.get(lotId), kiloWords(g, locale)]
        .filter(Boolean)
        .join(' · '),
    })),
  };
}

export const actions: Actions = {
  start: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { lots = '', reason = '', publicVi = '', publicEn = '', sent = '' } = typed;
    const refused = await attempt(locals, 'start', typed, async (ctx) => {
      const lotIds = await lotIdsOf(ctx, lots);
      if (lotIds.length === 0) refuseField('lots', 'input.missing');
      await startRecall(ctx, { id: sent, lotIds, reason, publicVi, publicEn });
    });
    if (refused) return refused;
    redirect(303, `${url.pathname}?done`);
  },
  end: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { id = '', reason = '' } = typed;
    const refused = await attempt(locals, `end-${id}`, typed, (ctx) => endRecall(ctx, id, { reason }));
    if (refused) return refused;
    redirect(303, url.pathname);
  },
};
