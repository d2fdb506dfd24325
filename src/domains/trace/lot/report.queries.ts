/** A recall as a paper: what was called back and why, where it came from, who got it. */
import { listPlots } from '#domain/farming';
import { m } from '#i18n/messages';
import type { Ctx } from '#kernel/context';
import type { Paper, PaperValue } from '#kernel/documents/paper';
import { mustExist } from '#kernel/errors';
import { formatDate, formatDateTime } from '#kernel/format';
import { allow } from '#kernel/rights';
import { kiloWords, kindWords, stateWords } from '../words.ts';
import { inputsBehind } from './inputs.queries.ts';
import { listRecalls, recallReach, type RecallLine, type Reach } from './lot.queries.ts';
import { lotsOfRecall } from './recall.queries.ts';

const VI = 'vi';

/** @throws AppError `trace.recall.not_found` (404) */
export async function recallReport(ctx: Ctx, id: string): Promise<Paper> {
  allow(ctx, 'trace.recall.see', { kind: 'recall', id });
  const recall = mustExist(
    (await listRecalls(ctx)).find((one) => one.id === id),
    'trace.recall',
  );
  const reach = await recallReach(ctx, await lotsOfRecall(ctx, id));
  return {
    template: 'domains/trace/lot/recall.typ',
    title: m.trace_report_title({ code: recall.code }, { locale: VI }),
    issuedAt: ctx.now,
    data: {
      demo: ctx.commune.demo,
      commune: ctx.commune.name,
      ...headOf(recall, ctx.now),
      ...(await reachOnPaper(ctx, reach)),
    },
  };
}

function headOf(recall: RecallLine, now: Date): Record<string, PaperValue> {
  const ended =
    recall.endedAt &&
    m.trace_recall_over(
      { at: formatDate(recall.endedAt, VI), reason: recall.endReason ?? '' },
      { locale: VI },
    );
  return {
    code: recall.code,
    reason: recall.reason,
    public: recall.publicVi,
    started: formatDateTime(recall.startedAt, VI),
    by: recall.startedName,
    ended,
    printed: formatDateTime(now, VI),
  };
}

async function reachOnPaper(ctx: Ctx, reach: Reach): Promise<Record<string, PaperValue>> {
  const ids = [...new Set(reach.sources.map(({ plotId }) => plotId))];
  const { items } = await listPlots(ctx, { ids, ended: true, limit: Math.max(1, ids.length) });
  const plots = new Map(items.map(({ id, code }) => [id, code]));
  const codes = new Map(reach.lots.map(({ id, code }) => [id, code]));
  const inputs = await inputsBehind(ctx, reach.sources);
  const named = (plotIds: readonly string[]) => plotIds.flatMap((id) => plots.get(id) ?? []).join(', ');
  return {
    left: kiloWords(reach.leftG, VI),
    lots: reach.lots.map((lot) => [
      lot.code,
      kindWords(lot.kind, VI),
      lot.productName,
      formatDate(lot.madeOn, VI),
      kiloWords(lot.madeG, VI),
      kiloWords(lot.leftG, VI),
      stateWords(lot.state, VI),
    ]),
    land: [...Map.groupBy(reach.sources, ({ pickedOn }) => pickedOn)].map(([day, those]) => [
      formatDate(day, VI),
      named([...new Set(those.map(({ plotId }) => plotId))]),
    ]),
    inputs: inputs.map((one) => [
      formatDate(one.on, VI),
      one.kind === 'spray'
        ? m.trace_input_spray({}, { locale: VI })
        : m.trace_input_fertilise({}, { locale: VI }),
      one.productName,
      named(one.plotIds),
    ]),
    shipped: reach.shipped.map(({ lotId, buyer, orderRef, g, at }) => [
      formatDate(at, VI),
      buyer,
      orderRef ?? '',
      codes.get(lotId) ?? '',
      kiloWords(g, VI),
    ]),
  };
}
