/** The people that a change of a household names: known ones by id, new ones with what is known of them. */
import type { Ctx } from '#kernel/context';
import { AppError, refuse } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { refuseField } from '#kernel/input';
import type { LocalDate } from '#kernel/time';
import { createResident, type ResidentInput } from '../resident.actions.ts';
import type { Place } from './household.ts';

/** Somebody of the register, or somebody new. */
export type PersonRef = { residentId: string } | { person: ResidentInput };

/** The id of that person; a new one is written into the register first. */
export async function personOf(ctx: Ctx, who: PersonRef, place: Place): Promise<string> {
  if ('residentId' in who)
    return isId(who.residentId) ? who.residentId : refuseField('residentId', 'input.unknown');
  return createResident(ctx, { ...who.person, hamletId: place.hamletId, address: place.address });
}

/**
 * Whether these people may join a household on that day; their records are locked until then.
 * @throws AppError `registry.resident.not_found` (404), `registry.resident.is_deceased`,
 *   `registry.household.before_birth`, `registry.household.elsewhere` (409)
 */
export async function mustBeFree(ctx: Ctx, ids: readonly string[], on: LocalDate): Promise<void> {
  const rows = await ctx.db
    .selectFrom('registry_resident')
    .select(['id', 'birth_date', 'deceased_on', 'merged_into'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
  if (rows.length < new Set(ids).size || rows.some((row) => row.merged_into !== null))
    throw new AppError('registry.resident.not_found', 404);
  if (rows.some((row) => row.deceased_on !== null)) refuse('registry.resident.is_deceased', 409);
  if (rows.some((row) => row.birth_date !== null && row.birth_date > on))
    refuseField('on', 'registry.household.before_birth');
  const elsewhere = await ctx.db
    .selectFrom('registry_member')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', [...ids])
    .where('left_on', 'is', null)
    .where('merge_id', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (elsewhere) refuse('registry.household.elsewhere', 409);
}
