/** Who works whose desk while people are away. Pure: one day's absences in, answers out. */
import type { AbsenceOnDay } from './day.queries.ts';

/**
 * Who covers an absent official, past covers who are themselves away.
 * `absent` is false for somebody who is there; an absent one whom nobody covers has no cover.
 */
export function coverFor(
  absences: readonly AbsenceOnDay[],
  officialId: string,
): { absent: boolean; cover: string | null } {
  const covers = new Map(absences.map((one) => [one.officialId, one.coveredBy]));
  if (!covers.has(officialId)) return { absent: false, cover: null };
  const passed = new Set<string>([officialId]);
  let cover = covers.get(officialId) ?? null;
  while (cover !== null && covers.has(cover)) {
    // Two who cover each other cover nobody.
    if (passed.has(cover)) return { absent: true, cover: null };
    passed.add(cover);
    cover = covers.get(cover) ?? null;
  }
  return { absent: true, cover };
}

/** Everybody whose desk comes to an official on that day. */
export function coveredFor(absences: readonly AbsenceOnDay[], officialId: string): string[] {
  return absences
    .filter((one) => one.officialId !== officialId && coverFor(absences, one.officialId).cover === officialId)
    .map((one) => one.officialId);
}
