/** Units of measure (UN/ECE recommendation 20) that say the same in other numbers. Pure. */

/** By kind: how many of the kind's first unit one is, and what is added behind (temperatures). */
const KINDS: readonly Readonly<Record<string, number | readonly [factor: number, added: number]>>[] = [
  { KEL: 1, CEL: [1, 273.15], FAH: [5 / 9, 459.67 * (5 / 9)] },
  { KGM: 1, GRM: 1e-3, MGM: 1e-6, MC: 1e-9, DTN: 100, TNE: 1_000, LBR: 0.453_592_37, ONZ: 0.028_349_523_125 },
  {
    MTR: 1,
    MMT: 1e-3,
    CMT: 1e-2,
    DMT: 0.1,
    KMT: 1_000,
    INH: 0.025_4,
    FOT: 0.304_8,
    YRD: 0.914_4,
    SMI: 1_609.344,
  },
  { SEC: 1, C26: 1e-3, MIN: 60, HUR: 3_600, DAY: 86_400 },
  { PAL: 1, A97: 100, MBR: 100, KPA: 1_000, BAR: 1e5, ATM: 101_325 },
  { MTQ: 1, LTR: 1e-3, MLT: 1e-6, CMQ: 1e-6, CLT: 1e-5, HLT: 0.1 },
  { MTS: 1, KMH: 1 / 3.6 },
  { JOU: 1, KJO: 1_000, WHR: 3_600, KWH: 3.6e6 },
  { C62: 1, P1: 1e-2, 59: 1e-6 },
];
const UNITS = new Map(
  KINDS.flatMap((kind, at) =>
    Object.entries(kind).map(([code, said]) => {
      const [factor, added] = typeof said === 'number' ? [said, 0] : said;
      return [code, { kind: at, factor, added }] as const;
    }),
  ),
);

/**
 * A value in another unit, to twelve digits. @param difference of two values: nothing is added
 * @returns nothing where the units measure different things, or one is not known
 */
export function converted(value: number, from: string, to: string, difference = false): number | null {
  if (from === to) return value;
  const [one, other] = [UNITS.get(from), UNITS.get(to)];
  if (!one || !other || one.kind !== other.kind) return null;
  const added = difference ? 0 : one.added - other.added;
  return Number(((value * one.factor + added) / other.factor).toPrecision(12));
}
