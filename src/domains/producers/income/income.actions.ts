import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { refuseForeignHamlet } from '../producer.actions.ts';

const NewIncome = z.object({
  year: z.int().min(1990, 'input.out_of_range').max(2200, 'input.out_of_range'),
  hamletId: optional(Id).default(null),
  amount: z.bigint().positive('input.out_of_range').max(100_000_000_000n, 'input.too_big'),
  source: line(300),
  statedOn: Day,
  verified: z.boolean().default(false),
});
export type NewIncome = z.input<typeof NewIncome>;

/**
 * Enters what a source says of the income per person of a year; other sources stay beside it. @returns its id
 * @throws AppError `producers.income.known` (409) where the same source said it on the same day already
 */
export async function recordIncome(ctx: Ctx, input: NewIncome): Promise<string> {
  const id = newId(ctx.now);
  const hamlet_id = typeof input.hamletId === 'string' ? input.hamletId : null;
  allow(ctx, 'producers.income.edit', { kind: 'income', id, hamlet_id }, { year: input.year });
  const given = checked(NewIncome, input);
  await refuseForeignHamlet(ctx, given.hamletId);
  if (given.statedOn > localDateOf(ctx.now)) refuseField('statedOn', 'producers.in_future');
  const made = await ctx.db
    .insertInto('producers_income')
    .values({
      commune_id: ctx.commune.id,
      id,
      year: given.year,
      hamlet_id: given.hamletId,
      amount_dong: given.amount,
      source: given.source,
      stated_on: given.statedOn,
      verified: given.verified,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  const code = 'producers.income.known';
  if (made.numInsertedOrUpdatedRows !== 1n) throw new AppError(code, 409, {}, { source: code });
  return id;
}

/** Takes out a value that was mistyped; who did it, and what it said, stays in the audit record. @throws AppError `producers.income.not_found` */
export async function removeIncome(ctx: Ctx, id: string): Promise<void> {
  // Filled below: the trail is written when the transaction commits.
  const detail: Record<string, unknown> = {};
  allow(ctx, 'producers.income.edit', { kind: 'income', id }, detail);
  const gone = isId(id)
    ? await ctx.db
        .deleteFrom('producers_income')
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .returning(['year', 'amount_dong', 'source', 'stated_on'])
        .executeTakeFirst()
    : undefined;
  const { amount_dong, ...rest } = mustExist(gone, 'producers.income');
  detail.removed = { ...rest, amount_dong: String(amount_dong) };
}
