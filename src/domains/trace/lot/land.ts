/** The land behind leaf: its plots and days, what they may be called, whether anything speaks against them. */
import {
  getPicks,
  pickGate,
  standardsOn,
  weakestOf,
  type PlotStandard,
  type StandardOnDay,
} from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { AppError, refuse } from '#kernel/errors';
import { formatDate, MISSING } from '#kernel/format';
import { refuseField } from '#kernel/input';
import { instantAt, type LocalDate } from '#kernel/time';
import { fitsPicks } from './balance.ts';
import { claimsOf, type Claims } from './claims.ts';
import type { Source } from './lines.queries.ts';
import type { Grade } from './lot.ts';

export type Land = Claims & { sources: readonly Omit<Source, 'lotId'>[]; householdIds: readonly string[] };

/** A day without a time of day counts as its noon. */
const NOON = 12 * 60;

/** @throws AppError `farming.pick.not_found`; `trace.ticket.pick_void`, `trace.ticket.in_interval` (409) */
export async function pickedLand(ctx: Ctx, pickIds: readonly string[], netG: bigint): Promise<Land> {
  const picks = await getPicks(ctx, [...new Set(pickIds)]);
  if (picks.some(({ counts }) => !counts)) refuse('trace.ticket.pick_void', 409);
  const inside = picks.find(({ inInterval }) => inInterval);
  if (inside) throw insideInterval(inside.pickedOn, null);
  const leafG = picks.reduce((sum, pick) => sum + pick.leafG, 0n);
  if (!fitsPicks(netG, leafG)) refuseField('grossG', 'trace.ticket.more_than_picked');
  const sources: Omit<Source, 'lotId'>[] = [];
  for (const { id, plotIds, pickedOn, pickedAt } of picks) {
    const standards = await standardsOn(ctx, plotIds, pickedOn);
    for (const plotId of plotIds)
      sources.push({ plotId, pickedOn, pickedAt, pickId: id, ...worthOf(standards.get(plotId)) });
  }
  return {
    ...claimsOf(picks),
    sources,
    householdIds: [...new Set(picks.flatMap(({ householdId }) => householdId ?? []))],
  };
}

/** What a seller declares: whole plots, one day. @throws AppError `input.invalid` for plots that are none of ours */
export async function declaredLand(
  ctx: Ctx,
  { plotIds, pickedOn, grade }: { plotIds: readonly string[]; pickedOn: LocalDate; grade: Grade },
): Promise<Land> {
  const asked = [...new Set(plotIds)];
  const standards = await standardsOn(ctx, asked, pickedOn);
  if (asked.some((plotId) => !standards.has(plotId))) refuseField('declared', 'input.unknown');
  const pickedAt = instantAt(pickedOn, NOON);
  const sources = asked.map((plotId) => ({
    plotId,
    pickedOn,
    pickedAt,
    pickId: null,
    ...worthOf(standards.get(plotId)),
  }));
  return { standard: weakestOf(sources.map(({ standard }) => standard)), grade, sources, householdIds: [] };
}

function worthOf(found: StandardOnDay | undefined): { standard: PlotStandard; certificateIds: string[] } {
  const reasons = found?.reasons.filter(({ code }) => code === 'certified' || code === 'in_conversion') ?? [];
  return {
    standard: found?.standard ?? 'none',
    certificateIds: [...new Set(reasons.flatMap(({ certificateId }) => certificateId ?? []))],
  };
}

/**
 * No lot is made of leaf that was picked inside a pre-harvest interval, or where nobody knows how long it is.
 * @throws AppError `trace.ticket.in_interval` (409)
 */
export async function refuseInsideInterval(ctx: Ctx, { sources }: Land): Promise<void> {
  // Picks of the diary were judged one by one, to the minute; declared leaf has a day only.
  const declared = sources.filter(({ pickId }) => pickId === null);
  for (const [pickedOn, those] of Map.groupBy(declared, (source) => source.pickedOn)) {
    const gate = await pickGate(
      ctx,
      those.map(({ plotId }) => plotId),
      pickedOn,
    );
    if (gate.verdict !== 'allowed') throw insideInterval(pickedOn, gate.earliest);
  }
}

function insideInterval(pickedOn: LocalDate, earliest: LocalDate | null): AppError {
  const until = earliest === null ? MISSING : formatDate(earliest);
  return new AppError('trace.ticket.in_interval', 409, { picked: formatDate(pickedOn), earliest: until });
}
