/** Public works and facilities of the commune, and how inspections tell their condition over time. */
import type { Point } from '#kernel/open-location-code';
import type { LocalDate } from '#kernel/time';

/** `places_kind_<kind>` has the words. */
export const WORK_KINDS = ['road', 'irrigation', 'transformer', 'school', 'hall', 'loudspeaker'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

export const CONDITIONS = ['good', 'fair', 'poor', 'unsafe'] as const;
export type Condition = (typeof CONDITIONS)[number];

export const SURFACES = ['concrete', 'asphalt', 'gravel', 'earth'] as const;
export type Surface = (typeof SURFACES)[number];

export const MONEY_KINDS = ['cost', 'contribution'] as const;
export const SOURCES = ['state', 'people', 'other'] as const;
/** What was given: money, days of labour, square metres of land, material. */
export const FORMS = ['money', 'labour', 'land', 'material'] as const;

export type Work = {
  id: string;
  kind: WorkKind;
  name: string;
  /** Null for a work of the whole commune. */
  hamletId: string | null;
  point: Point | null;
  inUseFrom: LocalDate;
  /** The first day on which it is no longer in use. */
  endedOn: LocalDate | null;
  demo: boolean;
};

export type Inspection = {
  id: string;
  onDay: LocalDate;
  condition: Condition;
  atStandard: boolean;
  /** Metres; roads only. */
  lengthM: number | null;
  /** Metres that are hardened; roads only. */
  hardenedM: number | null;
  surface: Surface | null;
  /** Free wifi; halls and schools. */
  wifi: boolean | null;
  note: string | null;
  /** The inspection that was entered wrongly. */
  replaces: string | null;
  at: Date;
};

/** Whether it was in use on that day. */
export function inUse(work: Pick<Work, 'inUseFrom' | 'endedOn'>, day: LocalDate): boolean {
  return work.inUseFrom <= day && (work.endedOn === null || day < work.endedOn);
}

/**
 * The inspection that tells how a work stood on a day: the newest up to it, of the same day the one entered last;
 * one that was replaced never counts, because it was never true.
 */
export function standingOn(inspections: readonly Inspection[], day: LocalDate): Inspection | undefined {
  const replaced = new Set(inspections.map(({ replaces }) => replaces));
  return inspections
    .filter(({ id, onDay }) => onDay <= day && !replaced.has(id))
    .toSorted((a, b) => (a.onDay < b.onDay ? -1 : a.onDay > b.onDay ? 1 : a.id < b.id ? -1 : 1))
    .at(-1);
}
