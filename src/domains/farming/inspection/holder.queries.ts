import type { Ctx } from '#kernel/context';
import { refuseField } from '#kernel/input';
import { allow, hamletsWhere } from '#kernel/rights';
import { readLines } from '../plot/lines.queries.ts';
import { readPlotCode } from '../plot/plot.ts';

/** Who works the plot of a code that was typed, today. @throws AppError `input.invalid` at `plot` */
export async function holderOfCode(
  ctx: Ctx,
  typed: string,
): Promise<{ householdId: string | null; producerId: string | null }> {
  const hamlets = hamletsWhere(ctx, 'farming.plot.list');
  allow(ctx, 'farming.plot.list', {
    kind: 'plot',
    hamlet_id: hamlets === 'all' ? null : (hamlets[0] ?? null),
  });
  const code = readPlotCode(typed) ?? refuseField('plot', 'farming.plot_code_unknown');
  const [plot] = await readLines(ctx, { q: code, hamlets, limit: 1 });
  if (!plot?.householdId && !plot?.producerId) refuseField('plot', 'farming.plot_code_unknown');
  return { householdId: plot!.householdId, producerId: plot!.householdId ? null : plot!.producerId };
}
