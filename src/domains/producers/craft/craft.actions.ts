import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { addDays } from '#kernel/time';
import { refuseForeignHamlet } from '../producer.actions.ts';
import { overlaps } from '#kernel/span';
import { TRADES } from '../trade.ts';
import { listCraftVillages } from './craft.queries.ts';

const Recognition = z.object({
  hamletId: Id,
  name: line(150),
  trade: z.enum(TRADES as [string, ...string[]]),
  decisionNumber: line(80),
  decisionIssuer: line(150),
  recognisedOn: Day,
  /** The decision itself was seen. */
  verified: z.boolean().default(false),
  demo: z.boolean().default(false),
});
export type Recognition = z.input<typeof Recognition>;

/**
 * Enters the recognition of a craft village (NĐ 52/2018/NĐ-CP). @returns its id
 * @throws AppError `producers.craft.overlaps` (409) where the hamlet is one of that trade already
 */
export async function recogniseCraftVillage(ctx: Ctx, input: Recognition): Promise<string> {
  const id = newId(ctx.now);
  allow(
    ctx,
    'producers.craft.edit',
    { kind: 'craft_village', id, hamlet_id: String(input.hamletId) },
    { decision: input.decisionNumber },
  );
  const given = checked(Recognition, input);
  await refuseForeignHamlet(ctx, given.hamletId);
  const span = { from: given.recognisedOn, last: null };
  const others = (await listCraftVillages(ctx)).filter(
    (one) => one.hamletId === given.hamletId && one.trade === given.trade,
  );
  const code = 'producers.craft.overlaps';
  if (others.some((one) => overlaps(one, span))) throw new AppError(code, 409, {}, { hamletId: code });
  await ctx.db
    .insertInto('producers_craft_village')
    .values({
      commune_id: ctx.commune.id,
      id,
      hamlet_id: given.hamletId,
      name: given.name,
      trade: given.trade,
      decision_number: given.decisionNumber,
      decision_issuer: given.decisionIssuer,
      recognised_on: given.recognisedOn,
      verified: given.verified,
      demo: given.demo,
    })
    .execute()
    .catch((thrown: { code?: string }) => {
      throw thrown.code === '23P01' ? new AppError(code, 409, {}, { hamletId: code }) : thrown;
    });
  return id;
}

const Withdrawal = z.object({ on: Day, decision: line(80) });

/**
 * Enters that a recognition was withdrawn: from `on` the hamlet is a craft village no more.
 * @throws AppError `producers.craft.not_found`, `producers.craft.withdrawn` (409)
 */
export async function withdrawCraftVillage(
  ctx: Ctx,
  id: string,
  input: z.input<typeof Withdrawal>,
): Promise<void> {
  const found = isId(id) ? (await listCraftVillages(ctx)).find((one) => one.id === id) : undefined;
  allow(
    ctx,
    'producers.craft.edit',
    { kind: 'craft_village', id, hamlet_id: found?.hamletId ?? null },
    { withdrawn: input.decision },
  );
  const { on, decision } = checked(Withdrawal, input);
  const village = mustExist(found, 'producers.craft');
  if (village.last !== null) throw new AppError('producers.craft.withdrawn', 409);
  if (on <= village.from) refuseField('on', 'producers.backwards');
  await ctx.db
    .updateTable('producers_craft_village')
    .set({ last_day: addDays(on, -1), withdrawal_decision: decision })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}
