/** Rows of lots and steps, for the verbs of this folder. */
import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { addMonths, localDateOf, type LocalDate } from '#kernel/time';
import { newCode } from './code.ts';
import type { Claims } from './claims.ts';
import type { LotKind, Taken } from './lot.ts';
import type { Evidence, StepKind } from './step.ts';

export type NewLot = Claims & {
  kind: LotKind;
  producerId: string;
  hamletId: string | null;
  productId: string;
  madeAt: Date;
  made: Taken;
  moistureTenths: number | null;
  shelfMonths: number | null;
  /** No later than what it was made of: packing anew makes nothing younger. */
  notAfter: LocalDate | null;
  demo: boolean;
};
export type MadeLot = { id: string; code: string; g: bigint };

/** Writes a lot down under a code that nobody has. */
export async function insertLot(ctx: Ctx, lot: NewLot): Promise<MadeLot> {
  const madeOn = localDateOf(lot.madeAt);
  for (;;) {
    const [id, code] = [newId(ctx.now), newCode(lot.kind, madeOn)];
    const { numInsertedOrUpdatedRows } = await ctx.db
      .insertInto('trace_lot')
      .values({
        commune_id: ctx.commune.id,
        id,
        code,
        kind: lot.kind,
        producer_id: lot.producerId,
        hamlet_id: lot.hamletId,
        product_id: lot.productId,
        made_at: lot.madeAt,
        made_on: madeOn,
        best_before: bestBefore(lot, madeOn),
        made_g: lot.made.g,
        left_g: lot.made.g,
        fresh_g: lot.made.freshG,
        fresh_left_g: lot.made.freshG,
        standard: lot.standard,
        grade: lot.grade,
        moisture_tenths: lot.moistureTenths,
        demo: lot.demo,
      })
      .onConflict((conflict) => conflict.columns(['commune_id', 'code']).doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) return { id, code, g: lot.made.g };
  }
}

function bestBefore({ shelfMonths, notAfter }: NewLot, madeOn: LocalDate): LocalDate | null {
  const own = shelfMonths === null ? null : addMonths(madeOn, shelfMonths);
  return own !== null && notAfter !== null && notAfter < own ? notAfter : (own ?? notAfter);
}

export type NewStep = {
  id: string;
  kind: StepKind;
  happenedAt: Date;
  evidence: Evidence;
  note: string | null;
  buyer: string | null;
  orderRef: string | null;
  photo: { hash: string; type: string } | null;
};
export type StepLot = { side: 'in' | 'out'; lotId: string } & Taken;

export async function insertStep(ctx: Ctx, step: NewStep, lots: readonly StepLot[]): Promise<void> {
  await ctx.db
    .insertInto('trace_step')
    .values({
      commune_id: ctx.commune.id,
      id: step.id,
      kind: step.kind,
      happened_at: step.happenedAt,
      evidence: JSON.stringify(step.evidence),
      note: step.note,
      buyer: step.buyer,
      order_ref: step.orderRef,
      file_hash: step.photo?.hash ?? null,
      file_type: step.photo?.type ?? null,
      recorded_at: ctx.now,
      recorded_by: actorId(ctx.actor),
    })
    .execute();
  await ctx.db
    .insertInto('trace_step_lot')
    .values(
      lots.map(({ side, lotId, g, freshG }) => ({
        commune_id: ctx.commune.id,
        step_id: step.id,
        side,
        lot_id: lotId,
        g,
        fresh_g: freshG,
      })),
    )
    .execute();
}

/** Takes out of lots that are held by the caller. */
export async function drawDown(ctx: Ctx, taken: readonly StepLot[]): Promise<void> {
  await sql`
    update trace_lot l set left_g = l.left_g - t.g, fresh_left_g = l.fresh_left_g - t.fresh_g
    from unnest(${taken.map(({ lotId }) => lotId)}::uuid[], ${taken.map(({ g }) => String(g))}::bigint[],
      ${taken.map(({ freshG }) => String(freshG))}::bigint[]) as t (lot_id, g, fresh_g)
    where l.commune_id = ${ctx.commune.id} and l.id = t.lot_id`.execute(ctx.db);
}
