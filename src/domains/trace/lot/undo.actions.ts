/** Taking back what was written down wrongly: the original stays, counts no more, and its event is declared wrong. */
import { sql } from 'kysely';
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { checked, lines } from '#kernel/input';
import { allow } from '#kernel/rights';
import { deriveLater } from './derive-later.ts';
import { lockLots, type LotLine } from './lines.queries.ts';
import { nameOfActor } from './named.ts';
import type { StepKind } from './step.ts';

const Undo = z.object({ reason: lines(1_000) });

type Part = { side: 'in' | 'out'; lotId: string; g: bigint; freshG: bigint };

/**
 * Takes a step back, or a ticket by the same id: what went in is there again, what came out never was. Only while
 * nothing was made, labelled or released of what came out. Sent twice it happens once.
 * @throws AppError `trace.step.not_found`; `trace.undo.used`, `trace.undo.released`, `trace.ticket.paid` (409) for what
 * other things rest upon already
 */
export async function undoStep(ctx: Ctx, stepId: string, input: z.input<typeof Undo>): Promise<void> {
  const step = await findStep(ctx, stepId);
  const parts = step ? await partsOf(ctx, step.id) : [];
  const lots = await lockLots(
    ctx,
    parts.map(({ lotId }) => lotId),
  );
  const [first] = lots.values();
  const thing = { kind: 'step', id: stepId, hamlet_id: first?.hamletId ?? null };
  allow(ctx, 'trace.step.undo', thing, { reason: input.reason });
  const { id } = mustExist(step, 'trace.step');
  const { reason } = checked(Undo, input);
  const made = parts.filter(({ side }) => side === 'out').map(({ lotId }) => lots.get(lotId)!);
  if (made.some(({ state }) => state === 'undone')) return;
  for (const lot of made) refuseUsed(lot);
  await refusePaid(ctx, id);
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('trace_undo')
    .values({
      commune_id: ctx.commune.id,
      step_id: id,
      undone_at: ctx.now,
      undone_by: actorId(ctx.actor),
      undone_name: nameOfActor(ctx.actor),
      reason,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return;
  await giveBack(ctx, parts);
  await freePicks(ctx, id);
  await deriveLater(ctx);
}

async function findStep(ctx: Ctx, id: string): Promise<{ id: string; kind: StepKind } | undefined> {
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('trace_step')
    .select(['id', 'kind'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { id: row.id, kind: row.kind as StepKind };
}

async function partsOf(ctx: Ctx, stepId: string): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select side, lot_id as "lotId", g, fresh_g as "freshG" from trace_step_lot
    where commune_id = ${ctx.commune.id} and step_id = ${stepId}`.execute(ctx.db);
  return rows;
}

function refuseUsed(lot: LotLine): void {
  if (lot.leftG < lot.madeG) throw new AppError('trace.undo.used', 409, { lot: lot.code });
  if (lot.released || lot.state === 'recalled')
    throw new AppError('trace.undo.released', 409, { lot: lot.code });
}

/** Money that was handed over is no slip of the pen. */
async function refusePaid(ctx: Ctx, id: string): Promise<void> {
  const paid = await ctx.db
    .selectFrom('trace_ticket')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('paid_at', 'is not', null)
    .executeTakeFirst();
  if (paid) refuse('trace.ticket.paid', 409);
}

async function giveBack(ctx: Ctx, parts: readonly Part[]): Promise<void> {
  const back = parts.filter(({ side }) => side === 'in');
  await sql`
    update trace_lot l set left_g = l.left_g + t.g, fresh_left_g = l.fresh_left_g + t.fresh_g
    from unnest(${back.map(({ lotId }) => lotId)}::uuid[], ${back.map(({ g }) => String(g))}::bigint[],
      ${back.map(({ freshG }) => String(freshG))}::bigint[]) as t (lot_id, g, fresh_g)
    where l.commune_id = ${ctx.commune.id} and l.id = t.lot_id`.execute(ctx.db);
  const gone = parts.filter(({ side }) => side === 'out').map(({ lotId }) => lotId);
  await sql`update trace_lot set undone = true, left_g = 0, fresh_left_g = 0
    where commune_id = ${ctx.commune.id} and id = any(${gone}::uuid[])`.execute(ctx.db);
}

async function freePicks(ctx: Ctx, ticketId: string): Promise<void> {
  await ctx.db
    .updateTable('trace_ticket_pick')
    .set({ undone: true })
    .where('commune_id', '=', ctx.commune.id)
    .where('ticket_id', '=', ticketId)
    .execute();
}
