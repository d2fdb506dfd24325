/** The inputs behind some land: what was sprayed and spread before the picking. For verbs, which ask for the right. */
import { inputsOn, type AppliedInput } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { addDays } from '#kernel/time';
import type { Source } from './lines.queries.ts';

/** So long before a picking inputs may matter to it. Days. */
const BEFORE = 180;

/** Inputs on each plot up to the last day on which it was picked, as far as the reader may see the diaries. */
export async function inputsBehind(ctx: Ctx, sources: readonly Source[]): Promise<AppliedInput[]> {
  if (sources.length === 0) return [];
  const days = sources.map(({ pickedOn }) => pickedOn).toSorted();
  const picked = Map.groupBy(sources, ({ plotId }) => plotId);
  const found = await inputsOn(ctx, [...picked.keys()], addDays(days[0]!, -BEFORE), days.at(-1)!);
  return found.filter(({ on, plotIds }) =>
    plotIds.some((plotId) =>
      picked.get(plotId)?.some(({ pickedOn }) => on <= pickedOn && on >= addDays(pickedOn, -BEFORE)),
    ),
  );
}
