/** Administrative units: what the commune is and was, by date. */
import type { LocalDate } from '#kernel/time';

export type Unit = {
  id: string;
  /** Code of the General Statistics Office; the same code may name an old and a new unit. */
  officialCode: string;
  /** With its kind: `xã Tức Tranh`. */
  name: string;
  /** With its kind: `huyện Phú Lương`; none since 1/7/2025. */
  district: string | null;
  province: string;
  validFrom: LocalDate | null;
  /** The last day; null while it holds. */
  validTo: LocalDate | null;
  /** The official code of the unit that it became part of. */
  successorCode: string | null;
  source: string;
  verified: boolean;
};

/** The unit that holds on a day. */
export function unitOn(units: readonly Unit[], day: LocalDate): Unit | undefined {
  return units.find((unit) => (unit.validFrom ?? day) <= day && day <= (unit.validTo ?? day));
}

/** `huyện Phú Lương, tỉnh Thái Nguyên`: what the unit belongs to, as written after its name. */
export function placeOf(unit: Pick<Unit, 'district' | 'province'>): string {
  return [unit.district, unit.province].filter(Boolean).join(', ');
}
