/** Everything about a lot within one request: what an authority may ask for (facts 04 §4.3: within 24 hours). */
import { sql } from 'kysely';
import { listPlots } from '#domain/farming';
import { getProducer } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { formatIso } from '#kernel/format';
import { allow } from '#kernel/rights';
import { labelRuns } from '../label/label.actions.ts';
import { inputsBehind } from '../lot/inputs.queries.ts';
import { findLot, reachOf, type LotLine } from '../lot/lines.queries.ts';
import { getLot, recallReach, type LotLife, type Reach } from '../lot/lot.queries.ts';
import { readRecords, type LotRecord } from '../lot/record.queries.ts';
import { minimumData, type MinimumData } from './minimum.queries.ts';

type Row = Record<string, string | number | boolean | null>;

/** Lists of plain rows: as JSON they are an answer, as sheets a file. Weights in grams, money in đồng. */
export type WholeLot = {
  exported_at: string;
  lot: Row;
  minimum: MinimumData | null;
  /** It, all that it was made of and all that was made of it, as the public log commits to them. */
  lots: LotRecord[];
  steps: Row[];
  tickets: Row[];
  land: Row[];
  inputs: Row[];
  tests: Row[];
  holds: Row[];
  releases: Row[];
  recalls: Row[];
  labels: Row[];
  shipped: Row[];
};

/** @throws AppError `trace.lot.not_found` (404) */
export async function wholeLot(ctx: Ctx, idOrCode: string): Promise<WholeLot> {
  const { lot, thing } = await findLot(ctx, idOrCode);
  allow(ctx, 'trace.lot.export', thing);
  const { id } = mustExist(lot, 'trace.lot');
  const life = await getLot(ctx, id);
  const reach = await recallReach(ctx, [id]);
  const back = await reachOf(ctx, [id], 'back');
  const all = [...new Set([...back, ...reach.lots.map((one) => one.id)])];
  const lots = await readRecords(ctx, sql`l.id = any(${all}::uuid[]) order by l.made_at, l.id`);
  return {
    exported_at: formatIso(ctx.now),
    lot: await lotRow(ctx, life.lot),
    minimum: life.lot.kind === 'pack' && life.lot.released ? await minimumData(ctx, life.lot.code) : null,
    lots: lots.map(({ record }) => record),
    steps: await stepRows(ctx, all),
    tickets: await ticketRows(ctx, back),
    ...(await landRows(ctx, life)),
    ...courseRows(life),
    labels: (await labelRuns(ctx, id)).map((run) => ({
      printed_at: formatIso(run.printedAt),
      printed_by: run.printedName,
      paper: run.paper,
      count: run.count,
      serialised: run.serialised,
      reprint: run.reprint,
      reason: run.reason,
    })),
    shipped: shippedRows(reach),
  };
}

async function lotRow(ctx: Ctx, lot: LotLine): Promise<Row> {
  const { name } = await getProducer(ctx, lot.producerId);
  return {
    code: lot.code,
    kind: lot.kind,
    product: lot.productName,
    gtin: lot.gtin,
    producer: name,
    made_at: formatIso(lot.madeAt),
    best_before: lot.bestBefore,
    made_g: Number(lot.madeG),
    left_g: Number(lot.leftG),
    fresh_g: Number(lot.freshG),
    standard: lot.standard,
    grade: lot.grade,
    moisture_tenths: lot.moistureTenths,
    state: lot.state,
  };
}

async function stepRows(ctx: Ctx, lotIds: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<{
    kind: string;
    at: Date;
    evidence: object;
    note: string | null;
    side: string;
    lot: string;
    g: bigint;
    undone: string | null;
    photo: string | null;
  }>`
    select s.kind, s.happened_at as at, s.evidence, s.file_hash as photo, s.note, n.side, l.code as lot, n.g, u.reason as undone
    from trace_step_lot n
    join trace_step s on s.commune_id = n.commune_id and s.id = n.step_id
    join trace_lot l on l.commune_id = n.commune_id and l.id = n.lot_id
    left join trace_undo u on u.commune_id = n.commune_id and u.step_id = n.step_id
    where n.commune_id = ${ctx.commune.id} and n.lot_id = any(${[...lotIds]}::uuid[])
    order by s.happened_at, s.id, n.side, l.code`.execute(ctx.db);
  return rows.map(({ at, g, evidence, ...row }) => ({
    at: formatIso(at),
    ...row,
    g: Number(g),
    evidence: JSON.stringify(evidence),
  }));
}

async function ticketRows(ctx: Ctx, lotIds: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<{ at: Date; gross: bigint; tare: bigint; price: bigint; amount: bigint } & Row>`
    select t.code, l.code as lot, t.weighed_at as at, t.picked_on::text as picked_on, t.seller_name as seller, t.basis,
      t.gross_g as gross, t.tare_g as tare, t.price_per_kg as price, t.amount, t.paid_at is not null as paid
    from trace_ticket t join trace_lot l on l.commune_id = t.commune_id and l.id = t.lot_id
    where t.commune_id = ${ctx.commune.id} and t.lot_id = any(${[...lotIds]}::uuid[]) order by t.weighed_at, t.id`.execute(
    ctx.db,
  );
  return rows.map(({ at, gross, tare, price, amount, ...row }) => ({
    ...row,
    weighed_at: formatIso(at),
    gross_g: Number(gross),
    tare_g: Number(tare),
    price_per_kg: Number(price),
    amount: Number(amount),
  }));
}

async function landRows(ctx: Ctx, { sources, lots }: LotLife): Promise<Pick<WholeLot, 'land' | 'inputs'>> {
  const ids = [...new Set(sources.map(({ plotId }) => plotId))];
  const { items } = await listPlots(ctx, { ids, ended: true, limit: Math.max(1, ids.length) });
  const codes = new Map(items.map(({ id, code }) => [id, code]));
  const inputs = await inputsBehind(ctx, sources);
  return {
    land: sources.map((one) => ({
      lot: lots.get(one.lotId)?.code ?? null,
      plot: codes.get(one.plotId) ?? null,
      picked_on: one.pickedOn,
      standard: one.standard,
      from_diary: one.pickId !== null,
    })),
    inputs: inputs.map((one) => ({
      on: one.on,
      kind: one.kind,
      product: one.productName,
      product_code: one.productCode,
      plots: one.plotIds.map((id) => codes.get(id) ?? '').join(' '),
    })),
  };
}

function courseRows({ tests, holds, releases, recalls }: LotLife) {
  const iso = (at: Date | null) => at && formatIso(at);
  return {
    tests: tests.map(({ sampledOn, validTo, ...one }) => ({
      sampled_on: sampledOn,
      ...one,
      valid_to: validTo,
    })),
    holds: holds.map((one) => ({
      placed_at: iso(one.placedAt),
      cause: one.cause,
      reason: one.reason,
      lifted_at: iso(one.liftedAt),
      lifted_by: one.liftedName,
      lift_reason: one.liftReason,
    })),
    releases: releases.map(({ at, name, reason, findings }) => ({
      at: iso(at),
      by: name,
      reason,
      findings: findings.map(({ code }) => code).join(' '),
    })),
    recalls: recalls.map((one) => ({
      code: one.code,
      started_at: iso(one.startedAt),
      ended_at: iso(one.endedAt),
      public: one.publicVi,
    })),
  };
}

function shippedRows({ shipped, lots }: Reach): Row[] {
  const codes = new Map(lots.map(({ id, code }) => [id, code]));
  return shipped.map(({ lotId, buyer, orderRef, g, at }) => ({
    at: formatIso(at),
    lot: codes.get(lotId) ?? null,
    buyer,
    order: orderRef,
    g: Number(g),
  }));
}
