/**
 * The nine indices of TT 01/2018/TT-VPCP art. 13, each 0, 1 or 2 points, and their roll-up (art. 15).
 * Pure: facts in, points out. What is not known is missing, never 0.
 */

/** What is known about one dossier, from its actions and from the citizen's slip. */
export type RatingFacts = {
  /** Whole time against the limit: shorter, equal, longer. */
  timeliness: 'early' | 'on_time' | 'late' | null;
  /** Steps that ended within their part of the limit, of all steps. */
  unitsLate: number | null;
  /** How often the citizen had to come or call to complete the file. */
  contacts: number | null;
  /** How many agencies the citizen had to go to himself. */
  agencies: number | null;
  /** The slip: attitude of the officer. */
  attitude: 'good' | 'fair' | 'complaint' | null;
};

export const INDICES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export type Index = (typeof INDICES)[number];
export type Points = 0 | 1 | 2;
export type IndexPoints = Partial<Record<Index, Points>>;

/** Indices that are judged for each dossier: 1–4 and 7; the others are judged for the office as a whole. */
export function pointsOfDossier(facts: RatingFacts): IndexPoints {
  const points: IndexPoints = {};
  if (facts.timeliness) points[1] = facts.timeliness === 'early' ? 2 : facts.timeliness === 'on_time' ? 1 : 0;
  if (facts.unitsLate !== null) points[2] = facts.unitsLate === 0 ? 2 : facts.unitsLate === 1 ? 1 : 0;
  if (facts.contacts !== null) points[3] = facts.contacts === 0 ? 2 : facts.contacts === 1 ? 1 : 0;
  if (facts.agencies !== null) points[4] = facts.agencies === 0 ? 2 : facts.agencies === 1 ? 1 : 0;
  if (facts.attitude) points[7] = attitudePoints(facts.attitude, facts.timeliness);
  return points;
}

/** Index 7: early and no complaint 2, on time and no complaint 1, complaint 0. */
function attitudePoints(
  attitude: 'good' | 'fair' | 'complaint',
  timeliness: RatingFacts['timeliness'],
): Points {
  if (attitude === 'complaint') return 0;
  return attitude === 'good' && timeliness === 'early' ? 2 : 1;
}

/** What is known of the office in a period. Shares are 0–1. */
export type OfficeFacts = {
  /** Share of procedures received and returned at the one-stop desk. */
  atDesk: number | null;
  publishedPosted: boolean | null;
  publishedOnline: boolean | null;
  complaintsHandled: number | null;
  /** Share of procedures offered online, share of dossiers filed online, and whether any of them is overdue. */
  online: { procedures: number; dossiers: number; overdue: boolean } | null;
};

/** Indices 5, 6, 8 and 9. For communes index 5 gives 2 only when every procedure is handled at the desk. */
export function pointsOfOffice(facts: OfficeFacts): IndexPoints {
  const points: IndexPoints = {};
  if (facts.atDesk !== null) points[5] = facts.atDesk >= 1 ? 2 : facts.atDesk >= 0.8 ? 1 : 0;
  if (facts.publishedPosted !== null && facts.publishedOnline !== null) {
    points[6] = (Number(facts.publishedPosted) + Number(facts.publishedOnline)) as Points;
  }
  if (facts.complaintsHandled !== null) {
    points[8] = facts.complaintsHandled >= 1 ? 2 : facts.complaintsHandled >= 0.9 ? 1 : 0;
  }
  if (facts.online) points[9] = onlinePoints(facts.online);
  return points;
}

/** Index 9: ≥ 20 % of procedures and ≥ 30 % of dossiers online and none overdue 2; 15 to under 30 % 1; else 0. */
function onlinePoints(online: NonNullable<OfficeFacts['online']>): Points {
  if (online.procedures >= 0.2 && online.dossiers >= 0.3 && !online.overdue) return 2;
  return online.dossiers >= 0.15 ? 1 : 0;
}

/** The mean of an index over dossiers, in tenths (art. 15: one decimal); null where nobody knows. */
export function meanTenths(points: readonly IndexPoints[], index: Index): number | null {
  const known = points.flatMap((one) => (one[index] === undefined ? [] : [one[index]]));
  if (known.length === 0) return null;
  const sum = known.reduce<number>((total, one) => total + one, 0);
  return Math.round((sum * 10) / known.length);
}

/** The sum of the known indices in tenths; missing ones are left out (art. 15). */
export function scoreTenths(means: readonly (number | null)[]): number | null {
  const known = means.filter((mean): mean is number => mean !== null);
  return known.length === 0 ? null : known.reduce((total, one) => total + one, 0);
}

export type AgencyGrade = 'excellent' | 'good' | 'fair' | 'average' | 'weak';

/** Art. 15: ≥ 15 excellent, 12 good, 9 fair, 6 average, below weak. Only where all nine indices are known. */
export function agencyGrade(tenths: number): AgencyGrade {
  if (tenths >= 150) return 'excellent';
  if (tenths >= 120) return 'good';
  if (tenths >= 90) return 'fair';
  return tenths >= 60 ? 'average' : 'weak';
}

export type OfficerGrade = 'all_done' | 'mostly_done' | 'not_done';

/** Art. 15, indices 1, 2, 3, 4 and 7: ≥ 5 all of the work done, 3.5 to under 5 from 70 %, below under 70 %. */
export function officerGrade(tenths: number): OfficerGrade {
  if (tenths >= 50) return 'all_done';
  return tenths >= 35 ? 'mostly_done' : 'not_done';
}
