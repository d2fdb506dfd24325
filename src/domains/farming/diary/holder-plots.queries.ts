import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { readLines } from '../plot/lines.queries.ts';
import { holderThing, type Holder } from './writer.queries.ts';

/** The plots that a household or producer works today, for whoever keeps its diary. */
export async function plotsOfHolder(ctx: Ctx, { householdId, producerId }: Holder) {
  const thing = await holderThing(ctx, { householdId, producerId });
  allow(ctx, 'farming.diary.see', thing);
  const of = householdId ? { householdId } : { producerId: producerId ?? '' };
  const lines = await readLines(ctx, { on: localDateOf(ctx.now), ...of });
  return lines.map(({ id, code, name, areaM2 }) => ({ id, code, name, areaM2 }));
}
