/** Scores of a group of dossiers and slips in a quarter (TT 01/2018/TT-VPCP art. 15). Pure. */
import {
  agencyGrade,
  INDICES,
  meanTenths,
  officerGrade,
  scoreTenths,
  type AgencyGrade,
  type Index,
  type IndexPoints,
  type OfficerGrade,
} from './indices.ts';
import { LEAST_SLIPS } from '../figures/least-slips.ts';

/** The indices by which one official or unit is judged. */
export const OFFICER_INDICES = [1, 2, 3, 4, 7] as const satisfies readonly Index[];

export type Score<Grade> = {
  dossiers: number;
  /** Null under five: then nothing that slips say is shown. */
  slips: number | null;
  /** In tenths of a point; null where nobody knows. */
  means: Partial<Record<Index, number | null>>;
  /** The sum of the known indices, in tenths. */
  total: number | null;
  /** Only where every index is known. */
  grade: Grade | null;
};

type Group = { dossiers: readonly IndexPoints[]; slips: readonly IndexPoints[] };

/** An official's or a unit's score: indices 1, 2, 3, 4 and 7. */
export function officerScore(group: Group): Score<OfficerGrade> {
  const means = meansOf(group, OFFICER_INDICES);
  return finished(group, means, OFFICER_INDICES, officerGrade);
}

/** The desk's score: all nine indices; those of the office are given once, not by dossier. */
export function deskScore(group: Group, office: IndexPoints): Score<AgencyGrade> {
  const means = meansOf(group, OFFICER_INDICES);
  for (const index of [5, 6, 8, 9] as const) means[index] = meanTenths([office], index);
  return finished(group, means, INDICES, agencyGrade);
}

function meansOf({ dossiers, slips }: Group, indices: readonly Index[]) {
  const means: Partial<Record<Index, number | null>> = {};
  for (const index of indices) {
    const few = index === 7 && slips.length < LEAST_SLIPS;
    means[index] = few ? null : meanTenths(index === 7 ? slips : dossiers, index);
  }
  return means;
}

function finished<Grade>(
  { dossiers, slips }: Group,
  means: Score<Grade>['means'],
  indices: readonly Index[],
  grade: (tenths: number) => Grade,
): Score<Grade> {
  const all = indices.map((index) => means[index] ?? null);
  const total = scoreTenths(all);
  return {
    dossiers: dossiers.length,
    slips: slips.length < LEAST_SLIPS ? null : slips.length,
    means,
    total,
    grade: total === null || all.includes(null) ? null : grade(total),
  };
}
