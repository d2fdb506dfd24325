/** Lots as they stand, and what was made of what; for the verbs of this room, which ask for the right themselves. */
import { sql, type RawBuilder } from 'kysely';
import type { PlotStandard } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import type { Thing } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import { readCode } from './code.ts';
import type { Edge, Way } from './genealogy.ts';
import type { Grade, LotKind, LotState } from './lot.ts';

export type LotLine = {
  id: string;
  code: string;
  kind: LotKind;
  producerId: string;
  hamletId: string | null;
  productId: string;
  productName: string;
  gtin: string;
  /** What the label of its product says. */
  labelStandard: PlotStandard;
  madeAt: Date;
  madeOn: LocalDate;
  bestBefore: LocalDate | null;
  madeG: bigint;
  leftG: bigint;
  freshG: bigint;
  freshLeftG: bigint;
  standard: PlotStandard;
  grade: Grade;
  moistureTenths: number | null;
  state: LotState;
  released: boolean;
  demo: boolean;
};

type Row = {
  id: string;
  code: string;
  kind: string;
  producer_id: string;
  hamlet_id: string | null;
  product_id: string;
  product_name: string;
  gtin: string;
  label_standard: string;
  made_at: Date;
  made_on: string;
  best_before: string | null;
  made_g: bigint;
  left_g: bigint;
  fresh_g: bigint;
  fresh_left_g: bigint;
  standard: string;
  grade: string;
  moisture_tenths: number | null;
  state: string;
  released_at: Date | null;
  demo: boolean;
};

/** @param where conditions on `l` (lot) and `p` (its product), ordering and limits behind them */
export async function readLots(ctx: Ctx, where: RawBuilder<unknown>): Promise<LotLine[]> {
  const { rows } = await sql<Row>`
    select l.*, p.name as product_name, p.gtin, p.standard as label_standard from trace_lot l
    join trace_product p on p.commune_id = l.commune_id and p.id = l.product_id
    where l.commune_id = ${ctx.commune.id} and ${where}`.execute(ctx.db);
  return rows.map(lotOf);
}

function lotOf(row: Row): LotLine {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind as LotKind,
    producerId: row.producer_id,
    hamletId: row.hamlet_id,
    productId: row.product_id,
    productName: row.product_name,
    gtin: row.gtin,
    labelStandard: row.label_standard as PlotStandard,
    madeAt: row.made_at,
    madeOn: localDate(row.made_on),
    bestBefore: row.best_before === null ? null : localDate(row.best_before),
    madeG: row.made_g,
    leftG: row.left_g,
    freshG: row.fresh_g,
    freshLeftG: row.fresh_left_g,
    standard: row.standard as PlotStandard,
    grade: row.grade as Grade,
    moistureTenths: row.moisture_tenths,
    state: row.state as LotState,
    released: row.released_at !== null,
    demo: row.demo,
  };
}

/** By id or code, and what rights look at. */
export async function findLot(
  ctx: Ctx,
  idOrCode: string,
): Promise<{ lot: LotLine | undefined; thing: Thing }> {
  const code = readCode(idOrCode);
  const where = isId(idOrCode) ? sql`l.id = ${idOrCode}` : code ? sql`l.code = ${code}` : null;
  const [lot] = where ? await readLots(ctx, where) : [];
  return {
    lot,
    thing: { kind: 'lot', id: lot?.id ?? idOrCode.slice(0, 60), hamlet_id: lot?.hamletId ?? null },
  };
}

/** Those of the ids that exist, held until the transaction ends; in one order, so that two writers never wait crosswise. */
export async function lockLots(ctx: Ctx, ids: readonly string[]): Promise<Map<string, LotLine>> {
  const asked = [...new Set(ids.filter(isId))];
  const lots = await readLots(ctx, sql`l.id = any(${asked}::uuid[]) order by l.id for update of l`);
  return new Map(lots.map((lot) => [lot.id, lot]));
}

/** All that some lots were made of, or all that was made of them, they themselves among it; nothing that was taken back. */
export async function reachOf(ctx: Ctx, lotIds: readonly string[], way: Way): Promise<string[]> {
  const [near, far] = way === 'forward' ? ['in', 'out'] : ['out', 'in'];
  const asked = [...new Set(lotIds)];
  const { rows } = await sql<{ lot_id: string }>`
    with recursive walk (lot_id) as (
      select unnest(${asked}::uuid[])
      union
      select f.lot_id from walk w
      join trace_step_lot n on n.commune_id = ${ctx.commune.id} and n.lot_id = w.lot_id and n.side = ${near}
      join trace_step_lot f on f.commune_id = ${ctx.commune.id} and f.step_id = n.step_id and f.side = ${far}
    ) select w.lot_id from walk w where w.lot_id = any(${asked}::uuid[]) or not exists (
      select from trace_lot l where l.commune_id = ${ctx.commune.id} and l.id = w.lot_id and l.undone)`.execute(
    ctx.db,
  );
  return rows.map(({ lot_id }) => lot_id);
}

/** What of those lots went into which: the edges between them. */
export async function edgesAmong(ctx: Ctx, lotIds: readonly string[]): Promise<Edge[]> {
  const { rows } = await sql<Edge>`
    select i.lot_id as from, o.lot_id as to, i.g from trace_step_lot i
    join trace_step_lot o on o.commune_id = i.commune_id and o.step_id = i.step_id and o.side = 'out'
    where i.commune_id = ${ctx.commune.id} and i.side = 'in'
      and i.lot_id = any(${[...lotIds]}::uuid[]) and o.lot_id = any(${[...lotIds]}::uuid[])
    order by i.step_id, i.lot_id`.execute(ctx.db);
  return rows;
}

/** A place of the land that a lot came from. */
export type Source = {
  lotId: string;
  plotId: string;
  pickedOn: LocalDate;
  pickedAt: Date;
  standard: PlotStandard;
  certificateIds: string[];
  pickId: string | null;
};

/** The plots and days behind some lots of leaf. */
export async function readSources(ctx: Ctx, lotIds: readonly string[]): Promise<Source[]> {
  const rows = await ctx.db
    .selectFrom('trace_source')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`lot_id = any(${[...lotIds]}::uuid[])`)
    .orderBy('picked_on')
    .orderBy('plot_id')
    .execute();
  return rows.map((row) => ({
    lotId: row.lot_id,
    plotId: row.plot_id,
    pickedOn: localDate(row.picked_on),
    pickedAt: row.picked_at,
    standard: row.standard as PlotStandard,
    certificateIds: row.certificate_ids,
    pickId: row.pick_id,
  }));
}
