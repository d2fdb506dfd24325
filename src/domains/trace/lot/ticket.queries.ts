/** Which picks are still to be sold, and whose they are. */
import { sql } from 'kysely';
import { getPicks, headNames, listPlots, openPicks, type Pick } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere } from '#kernel/rights';
import { foldText } from '#kernel/text';
import { addDays, localDateOf } from '#kernel/time';

/** Those that stand on no ticket. */
export async function unsoldOf(ctx: Ctx, picks: readonly Pick[]): Promise<Pick[]> {
  const hamlets = hamletsWhere(ctx, 'trace.ticket.record');
  allow(ctx, 'trace.ticket.record', {
    kind: 'pick',
    hamlet_id: hamlets === 'all' ? null : (hamlets[0] ?? null),
  });
  const { rows } = await sql<{ pick_id: string }>`select pick_id from trace_ticket_pick
    where commune_id = ${ctx.commune.id} and not undone and pick_id = any(${picks.map(({ id }) => id)}::uuid[])`.execute(
    ctx.db,
  );
  const sold = new Set(rows.map(({ pick_id }) => pick_id));
  return picks.filter(({ id, counts }) => counts && !sold.has(id));
}

/** Leaf is bought within days of the picking. */
const DAYS = 3;
const MOST_READ = 500;

/** A pick as it is called out at the scales. */
export type OfferedPick = Pick & {
  plotCodes: readonly string[];
  /** The head of the household; null where the reader may not see the register of people. */
  grower: string | null;
};

/** Picks of the last days that stand on no ticket, the newest first. @param q a plot's code or the grower's name, in any writing */
export async function offeredPicks(ctx: Ctx, { q = '' }: { q?: string } = {}): Promise<OfferedPick[]> {
  const today = localDateOf(ctx.now);
  const open = await openPicks(ctx, { from: addDays(today, -DAYS), to: today, limit: MOST_READ });
  const picks = await unsoldOf(ctx, open);
  const ids = [...new Set(picks.flatMap(({ plotIds }) => plotIds))];
  const { items } =
    ids.length > 0 ? await listPlots(ctx, { ids, ended: true, limit: ids.length }) : { items: [] };
  const codes = new Map(items.map(({ id, code }) => [id, code]));
  const heads = await headNames(ctx, picks);
  const words = foldText(q).replaceAll('-', '').split(/\s+/).filter(Boolean);
  return picks
    .map((pick) => ({
      ...pick,
      plotCodes: pick.plotIds.flatMap((id) => codes.get(id) ?? []).toSorted(),
      grower: (pick.householdId && heads.get(pick.householdId)) ?? null,
    }))
    .filter(({ plotCodes, grower }) => {
      const text = foldText([grower ?? '', ...plotCodes].join(' ')).replaceAll('-', '');
      return words.every((word) => text.includes(word));
    });
}

/** The name of the one household that picked all of these; empty where there are several, or none that the reader may see. */
export async function growerOf(ctx: Ctx, pickIds: readonly string[]): Promise<string> {
  const picks = await getPicks(ctx, pickIds);
  const [householdId, ...others] = new Set(picks.map((one) => one.householdId));
  if (!householdId || others.length > 0) return '';
  return (await headNames(ctx, picks)).get(householdId) ?? '';
}
