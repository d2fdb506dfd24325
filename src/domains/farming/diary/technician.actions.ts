import { z } from 'zod';
import { getProducer } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';

const NewTechnician = z
  .object({
    producerId: Id,
    userId: line(100),
    name: line(100),
    from: Day,
    last: optional(Day).default(null),
  })
  .refine(({ from, last }) => last === null || from <= last, {
    message: 'farming.backwards',
    path: ['last'],
  });
export type NewTechnician = z.input<typeof NewTechnician>;

/**
 * Lets a sign-in keep the diaries of a producer and its members, from a day on. @returns its id
 * @throws AppError `producers.producer.not_found`, `input.invalid`
 */
export async function appointTechnician(ctx: Ctx, input: NewTechnician): Promise<string> {
  allow(
    ctx,
    'farming.technician.edit',
    { kind: 'technician' },
    { producer: input.producerId, from: input.from },
  );
  const given = checked(NewTechnician, input);
  await getProducer(ctx, given.producerId);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('farming_technician')
    .values({
      commune_id: ctx.commune.id,
      id,
      producer_id: given.producerId,
      user_id: given.userId,
      name: given.name,
      from_day: given.from,
      last_day: given.last,
      created_at: ctx.now,
    })
    .execute();
  return id;
}

/** Names the last day on which a technician keeps diaries. @throws AppError `farming.technician.not_found` */
export async function endTechnician(ctx: Ctx, id: string, lastDay: LocalDate): Promise<void> {
  allow(ctx, 'farming.technician.edit', { kind: 'technician', id }, { last: lastDay });
  const row = isId(id)
    ? await ctx.db
        .selectFrom('farming_technician')
        .select('from_day')
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  const { from_day } = mustExist(row, 'farming.technician');
  if (lastDay < localDate(from_day)) refuseField('lastDay', 'farming.backwards');
  await ctx.db
    .updateTable('farming_technician')
    .set({ last_day: lastDay })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}
