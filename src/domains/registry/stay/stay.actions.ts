/** Registering temporary residence and absence, and ending them before their time. */
import { z } from 'zod';
import { findHamlet } from '#domain/commune';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDate } from '#kernel/time';
import { membershipOf } from '../household/record.ts';
import { findResidentRow, thingOf } from '../resident.queries.ts';
import { STAY_KINDS, tooLong } from './stay.ts';

const NewStay = z
  .object({
    kind: z.enum(STAY_KINDS),
    hamletId: Id,
    address: optional(line(200)).default(null),
    elsewhere: line(200),
    reason: optional(line(200)).default(null),
    from: Day,
    /** The last day. */
    to: Day,
    demo: z.boolean().default(false),
  })
  .refine(({ from, to }) => from <= to, { message: 'registry.absence.backwards', path: ['to'] })
  .refine(({ kind, from, to }) => !tooLong(kind, from, to), {
    message: 'registry.stay.too_long',
    path: ['to'],
  });
export type NewStay = z.input<typeof NewStay>;

/**
 * Registers that a person stays here for a time, or that a member of a household is away (Luật Cư trú 68/2020
 * art. 27–31). Both days belong to it. @returns its id
 * @throws AppError `registry.resident.not_found` (404), `registry.resident.is_deceased`, `registry.stay.lives_here`,
 *   `registry.stay.no_household`, `registry.stay.overlaps` (409)
 */
export async function recordStay(ctx: Ctx, residentId: string, input: NewStay): Promise<string> {
  const found = await findResidentRow(ctx, residentId);
  allow(ctx, 'registry.stay.record', thingOf(ctx, residentId, found), { kind: String(input.kind) });
  const resident = mustExist(found, 'registry.resident');
  const given = checked(NewStay, input);
  if (resident.deceasedOn) refuse('registry.resident.is_deceased', 409);
  if (!(await findHamlet(ctx, given.hamletId))) refuseField('hamletId', 'input.unknown');
  const member = await membershipOf(ctx, resident.id);
  if (given.kind === 'residence' && member) refuse('registry.stay.lives_here', 409);
  if (given.kind === 'absence' && !member) refuse('registry.stay.no_household', 409);
  const id = newId(ctx.now);
  const { kind, hamletId: hamlet_id, address, elsewhere, reason, from: from_day, to: to_day, demo } = given;
  const recorded = { recorded_at: ctx.now, recorded_by: actorId(ctx.actor) };
  const row = { kind, hamlet_id, address, elsewhere, reason, from_day, to_day, demo, ...recorded };
  try {
    await ctx.db
      .insertInto('registry_stay')
      .values({ commune_id: ctx.commune.id, id, resident_id: resident.id, ...row })
      .execute();
  } catch (thrown) {
    if ((thrown as { code?: string }).code === '23P01') throw new AppError('registry.stay.overlaps', 409);
    throw thrown;
  }
  return id;
}

/**
 * Ends a stay before its time. @param last its last day now, `YYYY-MM-DD`
 * @throws AppError `registry.stay.not_found` (404), `input.invalid` for a day that is not inside it
 */
export async function endStay(ctx: Ctx, id: string, last: string): Promise<void> {
  const found = await findStay(ctx, id);
  allow(ctx, 'registry.stay.record', { kind: 'stay', id, hamlet_id: found?.hamlet_id ?? null }, { last });
  const stay = mustExist(found, 'registry.stay');
  const { last: day } = checked(z.object({ last: Day }), { last });
  if (day < localDate(stay.from_day) || day >= localDate(stay.to_day))
    refuseField('last', 'registry.stay.not_inside');
  await ctx.db
    .updateTable('registry_stay')
    .set({ to_day: day })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

async function findStay(ctx: Ctx, id: string) {
  if (!isId(id)) return undefined;
  return ctx.db
    .selectFrom('registry_stay')
    .select(['hamlet_id', 'from_day', 'to_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
}
