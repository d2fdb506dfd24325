import { sql } from 'kysely';
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { checked, Day, lines } from '#kernel/input';
import { allow } from '#kernel/rights';
import { diaryThing, readWriter } from './writer.queries.ts';

const Settling = z.object({
  /** What was found to have been done. */
  note: lines(500),
  /** The first day on which may be picked again. */
  until: Day,
});
export type Settling = z.input<typeof Settling>;

/**
 * Says what was really done where a spraying was reported and refused: until that day nothing is picked there. A
 * technician or an official, not the grower.
 * @throws AppError `farming.refusal.not_found`, `farming.refusal.settled` (409)
 */
export async function settleRefusal(ctx: Ctx, id: string, input: Settling): Promise<void> {
  const refusal = isId(id) ? await findRefusal(ctx, id) : undefined;
  const writer = await readWriter(ctx, {
    households: refusal?.household_id ? [refusal.household_id] : [],
    producers: [],
  });
  const holder = refusal?.household_id ?? null;
  const thing = diaryThing(ctx, { ...writer, household: null }, holder, refusal?.hamlet_id ?? null);
  allow(ctx, 'farming.diary.settle', { ...thing, id }, { until: input.until });
  const { blocked_plots, settled_at } = mustExist(refusal, 'farming.refusal');
  const given = checked(Settling, input);
  if (blocked_plots.length === 0 || settled_at !== null) throw new AppError('farming.refusal.settled', 409);
  await ctx.db
    .updateTable('farming_refusal')
    .set({
      settled_at: ctx.now,
      settled_by: actorId(ctx.actor),
      settled_note: given.note,
      settled_until: given.until,
    })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

type Refusal = {
  household_id: string | null;
  blocked_plots: string[];
  settled_at: Date | null;
  hamlet_id: string | null;
};

async function findRefusal(ctx: Ctx, id: string): Promise<Refusal | undefined> {
  const { rows } = await sql<Refusal>`select r.household_id, r.blocked_plots, r.settled_at,
      (select p.hamlet_id from farming_plot p
        where p.commune_id = ${ctx.commune.id} and p.id = r.blocked_plots[1]) as hamlet_id
    from farming_refusal r where r.commune_id = ${ctx.commune.id} and r.id = ${id} for update`.execute(
    ctx.db,
  );
  return rows[0];
}
