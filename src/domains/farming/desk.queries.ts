/** What the officials' pages of this room need to know of the reader. */
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere } from '#kernel/rights';

/** Which hamlets the reader sees and may write for. @throws AppError 401, 403 for those who have no business here */
export async function openDesk(ctx: Ctx) {
  const seen = hamletsWhere(ctx, 'farming.plot.list');
  allow(ctx, 'farming.plot.list', { hamlet_id: seen === 'all' ? null : (seen[0] ?? null) });
  const hamlets = await listHamlets(ctx);
  const where = (right: string) => {
    const some = hamletsWhere(ctx, right);
    return hamlets
      .filter(({ id }) => some === 'all' || some.includes(id))
      .map(({ id, name }) => ({ value: id, label: name }));
  };
  return { seen: where('farming.plot.list'), edit: where('farming.plot.edit') };
}
