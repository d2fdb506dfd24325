/** What the officials' pages of this room need to know of the reader. */
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere, may } from '#kernel/rights';
import { listHamlets } from '#domain/commune';

/** Which forms the reader may use. @throws AppError 401, 403 for those who have no business here */
export async function openDesk(ctx: Ctx) {
  const desks = hamletsWhere(ctx, 'producers.desk.open');
  allow(ctx, 'producers.desk.open', { hamlet_id: desks === 'all' ? null : (desks[0] ?? null) });
  return {
    write: may(ctx, 'producers.producer.edit'),
    craft: may(ctx, 'producers.craft.edit'),
    income: may(ctx, 'producers.income.edit'),
  };
}

export type HamletOption = { value: string; label: string };

/** The hamlets that a list can be narrowed to: those that the reader may see. */
export async function hamletOptions(ctx: Ctx): Promise<HamletOption[]> {
  allow(ctx, 'commune.hamlet.see');
  const seen = hamletsWhere(ctx, 'producers.producer.list');
  const all = await listHamlets(ctx, { on: 'ever' });
  return all
    .filter(({ id }) => seen === 'all' || seen.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }));
}

/** Names of all hamlets that ever were, by id. */
export async function hamletNames(ctx: Ctx): Promise<Map<string, string>> {
  allow(ctx, 'commune.hamlet.see');
  return new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
}
