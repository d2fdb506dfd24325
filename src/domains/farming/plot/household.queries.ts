import { householdRefs, type HouseholdRef } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { refuseField } from '#kernel/input';
import { allow, hamletsWhere } from '#kernel/rights';

/** A household by the register's number, or by that of the hamlet's own list. */
export function householdOf(households: readonly HouseholdRef[], number: string): HouseholdRef | undefined {
  const padded = number.padStart(5, '0');
  return (
    households.find((one) => one.number === padded) ??
    households.find(({ listNumber }) => listNumber === number)
  );
}

/** The household of a hamlet with a number that was typed; null for none typed. @throws AppError `input.invalid` at `household` */
export async function typedHousehold(ctx: Ctx, hamletId: string, number: string): Promise<string | null> {
  allow(ctx, 'farming.plot.edit', { kind: 'plot', hamlet_id: hamletId });
  if (number.trim() === '') return null;
  const found = householdOf(await householdRefs(ctx, { hamletId }), number.trim());
  return found?.id ?? refuseField('household', 'farming.household_unknown');
}

/** Names of households' heads (the number where there is none), as far as the reader may see the register of people. */
export async function headNames(
  ctx: Ctx,
  plots: readonly { householdId: string | null }[],
): Promise<Map<string, string>> {
  allow(ctx, 'farming.figures.see');
  const hamlets = hamletsWhere(ctx, 'registry.household.list');
  const ids = [...new Set(plots.flatMap(({ householdId }) => householdId ?? []))];
  if (ids.length === 0 || (hamlets !== 'all' && hamlets.length === 0)) return new Map();
  const refs = await householdRefs(ctx, { ids });
  return new Map(refs.map(({ id, headName, number }) => [id, headName ?? number]));
}
