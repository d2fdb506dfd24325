import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { checked, Id, line } from '#kernel/input';
import { allow } from '#kernel/rights';
import { z } from 'zod';
import { readWriter } from '../diary/writer.queries.ts';

const Named = z.object({ id: Id, name: line(60) });

/**
 * Notes that somebody keeps a diary on a phone. @throws AppError `farming.device.shut_out` (403) where it was lost
 * and shut out
 */
export async function useDevice(ctx: Ctx, input: z.input<typeof Named>): Promise<void> {
  allow(ctx, 'farming.device.use');
  const { id, name } = checked(Named, input);
  const device = await ctx.db
    .insertInto('farming_device')
    .values({
      commune_id: ctx.commune.id,
      id,
      user_id: actorId(ctx.actor),
      name,
      first_seen_at: ctx.now,
      last_seen_at: ctx.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['commune_id', 'id', 'user_id']).doUpdateSet({ last_seen_at: ctx.now, name }),
    )
    .returning('shut_out_at')
    .executeTakeFirstOrThrow();
  if (device.shut_out_at !== null) throw new AppError('farming.device.shut_out', 403);
}

/**
 * Shuts a lost phone out, for everybody who kept a diary on it: by one of them, by the technician of a household
 * whose entries it sent, or by an official. @throws AppError `farming.device.not_found`
 */
export async function shutOutDevice(ctx: Ctx, id: string): Promise<void> {
  const known = await usersOf(ctx, id);
  const mine = known.includes(actorId(ctx.actor)) || (await sentForMembers(ctx, id));
  const owners = mine ? [actorId(ctx.actor)] : [];
  allow(ctx, 'farming.device.shut_out', { kind: 'device', id, owners });
  if (known.length === 0) throw new AppError('farming.device.not_found', 404);
  await ctx.db
    .updateTable('farming_device')
    .set({ shut_out_at: ctx.now, shut_out_by: actorId(ctx.actor) })
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`id::text = ${id}`)
    .where('shut_out_at', 'is', null)
    .execute();
}

async function usersOf(ctx: Ctx, id: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('farming_device')
    .select('user_id')
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`id::text = ${id}`)
    .execute();
  return rows.map((row) => row.user_id);
}

async function sentForMembers(ctx: Ctx, id: string): Promise<boolean> {
  const rows = await ctx.db
    .selectFrom('farming_entry')
    .select('household_id')
    .distinct()
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`device_id::text = ${id}`)
    .where('household_id', 'is not', null)
    .execute();
  const households = rows.map((row) => row.household_id!);
  const { lookedAfter } = await readWriter(ctx, { households, producers: [] });
  return lookedAfter.size > 0;
}
