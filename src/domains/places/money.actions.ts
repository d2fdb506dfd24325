import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { notToCome, thingOf } from './guards.ts';
import { FORMS, MONEY_KINDS, SOURCES } from './work.ts';
import { readWork } from './work.queries.ts';

const NewMoney = z.object({
  kind: z.enum(MONEY_KINDS),
  onDay: Day,
  /** What for. No names of givers: who gave what stands on the commune's papers. */
  what: line(200),
  source: z.enum(SOURCES),
  form: z.enum(FORMS).default('money'),
  /** Days of labour or square metres of land, where it was not money. */
  quantity: optional(z.number().positive().max(9_999_999)).default(null),
  /** Whole đồng; the estimated worth of what was not money. */
  amount: z.bigint().min(0n).max(99_999_999_999_999n),
  /** An earlier row that was entered wrongly and shall no longer count. */
  replaces: optional(Id).default(null),
});
export type NewMoney = z.input<typeof NewMoney>;

/** Adds a cost of a work, or what was contributed to it. @returns its id @throws AppError `places.work.not_found` */
export async function addMoney(ctx: Ctx, workId: string, input: NewMoney): Promise<string> {
  const work = await readWork(ctx, workId);
  allow(ctx, 'places.work.edit', thingOf(work), { money: String(input.amount), what: input.what });
  const given = checked(NewMoney, input);
  notToCome(ctx, given.onDay, 'onDay');
  if (given.replaces !== null) await refuseBadReplaced(ctx, workId, given.replaces);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('places_money')
    .values({
      commune_id: ctx.commune.id,
      id,
      work_id: workId,
      kind: given.kind,
      on_day: given.onDay,
      what: given.what,
      source: given.source,
      form: given.form,
      quantity: given.form === 'money' || given.quantity === null ? null : String(given.quantity),
      amount: given.amount,
      replaces: given.replaces,
      at: ctx.now,
      by_actor: actorId(ctx.actor),
    })
    .execute();
  return id;
}

async function refuseBadReplaced(ctx: Ctx, workId: string, replaces: string): Promise<void> {
  const found = await ctx.db
    .selectFrom('places_money as i')
    .leftJoin('places_money as r', (join) =>
      join.onRef('r.commune_id', '=', 'i.commune_id').onRef('r.replaces', '=', 'i.id'),
    )
    .select(['i.id', 'r.id as by'])
    .where('i.commune_id', '=', ctx.commune.id)
    .where('i.work_id', '=', workId)
    .where('i.id', '=', replaces)
    .executeTakeFirst();
  if (!found || found.by !== null) refuseField('replaces', 'input.unknown');
}
