/** What a laboratory found in soil, water or leaf of a plot or a growing area. Pure. */
import type { LocalDate } from '#kernel/time';

export const TEST_KINDS = ['soil', 'water', 'leaf'] as const;
export type TestKind = (typeof TEST_KINDS)[number];

/** One value of a report, as it stands there. */
export type TestValue = { what: string; value: string; unit: string | null; limit: string | null };

export type LabTest = {
  id: string;
  plotId: string | null;
  areaId: string | null;
  kind: TestKind;
  sampledOn: LocalDate;
  laboratory: string;
  /** Of the report. */
  number: string | null;
  values: TestValue[];
  /** What the report concludes; null where it concludes nothing. */
  passed: boolean | null;
  /** The last day on which it counts; null where the report sets none. */
  validTo: LocalDate | null;
  file: { hash: string; size: number; type: string; name: string } | null;
  demo: boolean;
};

/** Whether a test counts on a day. */
export function countsOn(
  { sampledOn, validTo }: Pick<LabTest, 'sampledOn' | 'validTo'>,
  day: LocalDate,
): boolean {
  return sampledOn <= day && (validTo === null || day <= validTo);
}
