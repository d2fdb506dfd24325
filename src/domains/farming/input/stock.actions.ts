import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { AMOUNT_UNITS } from '../diary/entry.ts';
import { holderThing } from '../diary/writer.queries.ts';

const NewStock = z
  .object({
    /** Made on the phone where it comes from one: the same id is the same lot. */
    id: optional(Id).default(null),
    householdId: optional(Id).default(null),
    producerId: optional(Id).default(null),
    productCode: z.string().regex(/^[a-z0-9_]{2,40}$/, 'input.unknown'),
    lot: optional(line(60)).default(null),
    boughtOn: Day,
    quantity: z.number().positive('input.too_small').max(1_000_000, 'input.too_big'),
    unit: z.enum(AMOUNT_UNITS),
    supplier: optional(line(200)).default(null),
    expiry: optional(Day).default(null),
  })
  .refine(({ householdId, producerId }) => (householdId === null) !== (producerId === null), {
    message: 'input.missing',
    path: ['householdId'],
  });
export type NewStock = z.input<typeof NewStock>;

/**
 * Writes down an input that a household or producer bought, with its lot and expiry; what is left of it follows from
 * the entries that name it. @returns its id @throws AppError `input.invalid`
 */
export async function addStock(ctx: Ctx, input: NewStock): Promise<string> {
  const thing = await holderThing(ctx, input);
  allow(ctx, 'farming.diary.write', thing, { stock: input.productCode });
  const given = checked(NewStock, input);
  // Who holds no plot has no diary.
  if (!thing.hamlet_id) refuseField('householdId', 'input.unknown');
  if (given.boughtOn > localDateOf(ctx.now)) refuseField('boughtOn', 'farming.day_to_come');
  const id = given.id !== null && isId(given.id) ? given.id : newId(ctx.now);
  await ctx.db
    .insertInto('farming_stock')
    .values({
      commune_id: ctx.commune.id,
      id,
      household_id: given.householdId,
      producer_id: given.producerId,
      product_code: given.productCode,
      lot: given.lot,
      bought_on: given.boughtOn,
      quantity: String(given.quantity),
      unit: given.unit,
      supplier: given.supplier,
      expiry: given.expiry,
      recorded_at: ctx.now,
      recorded_by: actorId(ctx.actor),
    })
    .onConflict((conflict) => conflict.columns(['commune_id', 'id']).doNothing())
    .execute();
  return id;
}
