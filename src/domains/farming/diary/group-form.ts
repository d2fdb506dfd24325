/** One form for the plots of many households: an entry for each household, what was used shared out by area. */
import { createHash } from 'node:crypto';
import { entryInput } from './entry-form.ts';
import { ENTRY_KINDS, type EntryKind } from './entry.ts';

/** A picking is weighed household by household. */
export const GROUP_KINDS = ENTRY_KINDS.filter((kind) => kind !== 'pick');

export type GroupPlot = {
  id: string;
  code: string;
  areaM2: number | null;
  householdId: string | null;
  producerId: string | null;
};

/** The entries of one form, one for each household or producer among the ticked plots. */
export function groupEntries(
  kind: EntryKind,
  typed: Readonly<Record<string, string>>,
  plots: readonly GroupPlot[],
  now: Date,
): Record<string, unknown>[] {
  const ticked = new Set((typed['plots'] ?? '').split(','));
  const chosen = plots.filter(({ id }) => ticked.has(id));
  const whole = areaOf(chosen);
  const holders = Map.groupBy(chosen, ({ householdId, producerId }) => householdId ?? producerId ?? '');
  return [...holders].map(([holder, mine]) => {
    const { householdId, producerId } = mine[0]!;
    const part = {
      ...typed,
      id: idFor(typed['id'] ?? '', holder),
      plots: mine.map(({ id }) => id).join(','),
      area_m2: String(Math.max(1, areaOf(mine))),
      amount: shared(typed['amount'], areaOf(mine), whole),
      water_l: shared(typed['water_l'], areaOf(mine), whole),
    };
    return entryInput(kind, part, { householdId, producerId, now });
  });
}

function areaOf(plots: readonly GroupPlot[]): number {
  return plots.reduce((sum, { areaM2 }) => sum + (areaM2 ?? 0), 0);
}

/** A household's part of what was used on all plots, to a tenth. */
function shared(typed: string | undefined, mine: number, whole: number): string {
  const amount = Number((typed ?? '').trim().replace(',', '.'));
  if (!typed?.trim() || !Number.isFinite(amount) || whole === 0) return typed ?? '';
  return String(Math.round((amount * mine * 10) / whole) / 10);
}

/** The same form sent twice makes the same entries. */
function idFor(form: string, holder: string): string {
  const hex = createHash('sha256').update(`${form} ${holder}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
