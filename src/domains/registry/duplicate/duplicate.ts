/** Whether two records look like one person: signs for and against, and a score. Pure. */
import type { LocalDate } from '#kernel/time';
import { foldText } from '#kernel/text';
import { agreesWithId, type Resident } from '../resident.ts';

export type Compared = Pick<
  Resident,
  'fullName' | 'birthDate' | 'birthKnown' | 'sex' | 'nationalId' | 'phone' | 'hamletId'
> & { householdId: string | null };

/** What speaks for or against it, with its weight in points of a hundred. */
const WEIGHTS = {
  same_name: 40,
  accents_differ: 36,
  order_differs: 32,
  some_words_shared: 15,
  same_birth: 35,
  day_month_swapped: 28,
  year_only: 20,
  same_year: 8,
  other_year: -40,
  same_phone: 20,
  id_slip: 25,
  id_fits: 6,
  other_id: -50,
  other_sex: -40,
  same_household: 12,
  same_hamlet: 5,
} as const;
export type Sign = keyof typeof WEIGHTS;

/** From this score on two records are shown to a clerk. */
export const LIKELY = 60;

export type Likeness = { score: number; signs: Sign[] };

/** How alike two records are: 0 to 100, with the reasons, the weightiest first. */
export function likeness(a: Compared, b: Compared): Likeness {
  const signs = [nameSign(a, b), birthSign(a, b), ...idSigns(a, b), ...otherSigns(a, b)].filter(
    (sign) => sign !== null,
  );
  const sum = signs.reduce((total, sign) => total + WEIGHTS[sign], 0);
  return {
    score: Math.max(0, Math.min(100, sum)),
    signs: signs.toSorted((x, y) => Math.abs(WEIGHTS[y]) - Math.abs(WEIGHTS[x])),
  };
}

function nameSign(a: Compared, b: Compared): Sign | null {
  if (a.fullName.toLowerCase() === b.fullName.toLowerCase()) return 'same_name';
  const [one, two] = [foldText(a.fullName), foldText(b.fullName)];
  if (one === two) return 'accents_differ';
  const [first, second] = [one.split(' ').toSorted(), two.split(' ').toSorted()];
  if (first.join(' ') === second.join(' ')) return 'order_differs';
  return first.filter((word) => second.includes(word)).length >= 2 ? 'some_words_shared' : null;
}

function birthSign(a: Compared, b: Compared): Sign | null {
  if (a.birthDate === null || b.birthDate === null) return null;
  if (a.birthDate.slice(0, 4) !== b.birthDate.slice(0, 4)) return 'other_year';
  if (a.birthKnown === 'year' || b.birthKnown === 'year') return 'year_only';
  if (a.birthDate === b.birthDate) return 'same_birth';
  return swapped(a.birthDate) === b.birthDate ? 'day_month_swapped' : 'same_year';
}

/** The date with day and month exchanged, as a spreadsheet reads 3/5 for 5/3. */
function swapped(day: LocalDate): string {
  const [year, month, date] = day.split('-');
  return `${year}-${date}-${month}`;
}

function idSigns(a: Compared, b: Compared): (Sign | null)[] {
  if (a.nationalId !== null && b.nationalId !== null)
    return [isSlip(a.nationalId, b.nationalId) ? 'id_slip' : 'other_id'];
  const number = a.nationalId ?? b.nationalId;
  if (number === null) return [];
  const without = a.nationalId === null ? a : b;
  const told = without.birthDate !== null && without.sex !== null;
  return [told && agreesWithId({ ...without, nationalId: number }) ? 'id_fits' : null];
}

/** One digit another, or two neighbours exchanged: how numbers are mistyped. */
function isSlip(a: string, b: string): boolean {
  const at = [...a].flatMap((digit, index) => (digit === b[index] ? [] : [index]));
  if (at.length === 1) return true;
  const [first = 0, second = 0] = at;
  return at.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first];
}

function otherSigns(a: Compared, b: Compared): (Sign | null)[] {
  const sexes = a.sex !== null && b.sex !== null && a.sex !== b.sex;
  const household = a.householdId !== null && a.householdId === b.householdId;
  return [
    a.phone !== null && a.phone === b.phone ? 'same_phone' : null,
    sexes ? 'other_sex' : null,
    household ? 'same_household' : null,
    !household && a.hamletId !== null && a.hamletId === b.hamletId ? 'same_hamlet' : null,
  ];
}
