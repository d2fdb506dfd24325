/** What holds for people and households besides their membership, and ends when they die, go or are closed. */
import type { Ctx } from '#kernel/context';
import { addDays, type LocalDate } from '#kernel/time';
import type { StayKind } from '../stay/stay.ts';

/**
 * Stays go on up to the day before; what would have begun later is taken back.
 * @param first the first day without them
 */
export async function endStays(
  ctx: Ctx,
  residentIds: readonly string[],
  first: LocalDate,
  kinds: readonly StayKind[] = ['residence', 'absence'],
): Promise<void> {
  if (residentIds.length === 0) return;
  await ctx.db
    .deleteFrom('registry_stay')
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', [...residentIds])
    .where('kind', 'in', [...kinds])
    .where('from_day', '>=', first)
    .execute();
  await ctx.db
    .updateTable('registry_stay')
    .set({ to_day: addDays(first, -1) })
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', [...residentIds])
    .where('kind', 'in', [...kinds])
    .where('to_day', '>=', first)
    .execute();
}

/** Groups hold up to the day before; those that began later hold on no day. @param first the first day without them */
export async function endSupports(
  ctx: Ctx,
  column: 'household_id' | 'resident_id',
  ids: readonly string[],
  first: LocalDate,
): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db
    .updateTable('registry_support')
    .set((eb) => ({ until_day: eb.fn<string>('greatest', ['from_day', eb.cast(eb.val(first), 'date')]) }))
    .where('commune_id', '=', ctx.commune.id)
    .where(column, 'in', [...ids])
    .where((eb) => eb.or([eb('until_day', 'is', null), eb('until_day', '>', first)]))
    .execute();
}

/** Somebody dies or leaves the commune: stays and groups of the person end. @param first the first day without them */
export async function endStanding(ctx: Ctx, residentIds: readonly string[], first: LocalDate): Promise<void> {
  await endStays(ctx, residentIds, first);
  await endSupports(ctx, 'resident_id', residentIds, first);
}
