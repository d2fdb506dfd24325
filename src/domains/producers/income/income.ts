/** Income per person of a year, as sources state it. Pure. */
import type { LocalDate } from '#kernel/time';

export type Income = {
  id: string;
  year: number;
  /** Null for the commune as a whole. */
  hamletId: string | null;
  /** Whole đồng a person a year. */
  amount: bigint;
  source: string;
  /** The day on which the source said so. */
  statedOn: LocalDate;
  verified: boolean;
};

/**
 * What is known at the end of a day: the values of the latest year that any source had spoken of, side by side;
 * the one to print stands first: compared with its document before not compared, said later before said earlier.
 */
export function incomeKnownOn(all: readonly Income[], day: LocalDate): Income[] {
  const said = all.filter(({ statedOn }) => statedOn <= day);
  const year = Math.max(...said.map((one) => one.year));
  return said
    .filter((one) => one.year === year)
    .sort(
      (a, b) =>
        Number(b.verified) - Number(a.verified) ||
        (a.statedOn < b.statedOn ? 1 : a.statedOn > b.statedOn ? -1 : a.id < b.id ? -1 : 1),
    );
}
