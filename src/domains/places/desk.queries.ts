/** What the officials' pages of this room need to know of the reader. */
import { listHamlets, type Hamlet } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere } from '#kernel/rights';

/** Which hamlets the reader sees and may write for. @throws AppError 401, 403 for those who have no business here */
export async function openDesk(ctx: Ctx) {
  const seen = hamletsWhere(ctx, 'places.address.list');
  allow(ctx, 'places.address.list', { hamlet_id: seen === 'all' ? null : (seen[0] ?? null) });
  const hamlets = await listHamlets(ctx, { on: 'ever' });
  const where = (right: string) => {
    const some = hamletsWhere(ctx, right);
    return hamlets.filter(({ id }) => some === 'all' || some.includes(id)).map(optionOf);
  };
  return {
    all: hamlets.map(optionOf),
    seen: where('places.address.list'),
    address: where('places.address.edit'),
    work: hamletsWhere(ctx, 'places.work.edit') === 'all',
  };
}

function optionOf({ id, name }: Hamlet) {
  return { value: id, label: name };
}
