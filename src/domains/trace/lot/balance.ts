/** Mass balance: what can have come out of what went in (facts 03 §3.4; the limits are data). Pure, in whole grams. */
import { z } from 'zod';
import limits from '../catalog/balance.json' with { type: 'json' };

const Limits = z.object({
  /** Fresh leaf for dry tea, in tenths: outside least–most labels are blocked, outside low–high it is told. */
  freshToDryTenths: z.object({ least: z.int(), low: z.int(), high: z.int(), most: z.int() }),
  ticketOverPick: z.object({ mostPercent: z.int() }),
  moisture: z.object({ mostTenths: z.int() }),
  leafPerHectareYearKg: z.object({ unusual: z.int(), most: z.int() }),
});
export type Limits = z.infer<typeof Limits>;
export const LIMITS: Limits = Limits.parse(limits);

/** `outside` blocks until a named person gives a reason, `unusual` is told, `usual` is not. */
export type Verdict = 'usual' | 'unusual' | 'outside';

/** Judges dry tea by the fresh leaf behind it. @param freshG grams of leaf @param dryG grams of tea made of it */
export function judgeDrying(
  freshG: bigint,
  dryG: bigint,
  { freshToDryTenths: band }: Limits = LIMITS,
): Verdict {
  const [fresh, dry] = [freshG * 10n, dryG];
  if (fresh < BigInt(band.least) * dry || fresh > BigInt(band.most) * dry) return 'outside';
  return fresh < BigInt(band.low) * dry || fresh > BigInt(band.high) * dry ? 'unusual' : 'usual';
}

/** Fresh leaf for one of dry tea, in hundredths, rounded down; null for no tea. */
export function ratioHundredths(freshG: bigint, dryG: bigint): number | null {
  return dryG === 0n ? null : Number((freshG * 100n) / dryG);
}

/**
 * Judges what was picked from land within a year.
 * @param leafG grams of leaf in the year up to the day @param areaM2 of the plots it was picked from
 */
export function judgeYield(
  leafG: bigint,
  areaM2: number,
  { leafPerHectareYearKg: ceiling }: Limits = LIMITS,
): Verdict {
  // grams / m² ⋛ kg / ha ⇔ grams · 10 ⋛ kg · m²
  const [picked, land] = [leafG * 10n, BigInt(Math.round(areaM2))];
  if (picked > BigInt(ceiling.most) * land) return 'outside';
  return picked > BigInt(ceiling.unusual) * land ? 'unusual' : 'usual';
}

/** Judges the water left in dry tea. @param tenths of a per cent */
export function judgeMoisture(tenths: number, { moisture }: Limits = LIMITS): Verdict {
  return tenths > moisture.mostTenths ? 'outside' : 'usual';
}

/** Whether a weighing point can have bought so much of what was picked. @param pickedG as the diary has it */
export function fitsPicks(netG: bigint, pickedG: bigint, { ticketOverPick }: Limits = LIMITS): boolean {
  return netG * 100n <= pickedG * BigInt(100 + ticketOverPick.mostPercent);
}

/** The worst of several verdicts; usual of none. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('outside') ? 'outside' : verdicts.includes('unusual') ? 'unusual' : 'usual';
}
