/** The plain model of the random histories: days and nothing else; every rule is written a second time. */
import type { LocalDate } from '#kernel/time';

/** What the model keeps: days and nothing else; every rule is written a second time, plainly. */
type Days = { from: LocalDate; last: LocalDate | null };
type ModelProducer = Days & {
  id: string;
  kind: string;
  hamlet: number;
  standards: (Days & { standard: string })[];
  members: (Days & { id: string; who: number })[];
  papers: (Days & { id: string; kind: string; revoked: LocalDate | null })[];
};
export type Model = {
  producers: ModelProducer[];
  crafts: (Days & { id: string; hamlet: number; trade: string })[];
  incomes: {
    id: string;
    year: number;
    hamlet: number | null;
    amount: bigint;
    on: LocalDate;
    verified: boolean;
  }[];
};

/** The last day belongs to a span. */
export function within(span: Days, day: LocalDate): boolean {
  return day >= span.from && (span.last === null || day <= span.last);
}
export function meets(a: Days, b: Days): boolean {
  return within(a, b.from) || within(b, a.from);
}

/** What the model lists for a measure: ids in any order. */
export function expected(
  model: Model,
  ask: { name: string; on: LocalDate; hamlet: number | null; hamlets: readonly string[] },
): string[] {
  const { name, on, hamlet, hamlets } = ask;
  const there = model.producers.filter(
    (one) => within(one, on) && (hamlet === null || one.hamlet === hamlet),
  );
  const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id).sort();
  const groups = (standard: string) =>
    ids(
      there.filter(
        (one) => one.kind === 'group' && one.standards.some((s) => s.standard === standard && within(s, on)),
      ),
    );
  switch (name) {
    case 'producers.cooperatives':
      return ids(there.filter(({ kind }) => kind === 'cooperative'));
    case 'producers.household_businesses':
      return ids(there.filter(({ kind }) => kind === 'household_business'));
    case 'producers.groups_vietgap':
      return groups('vietgap');
    case 'producers.groups_organic':
      return groups('organic');
    case 'producers.certificates_valid':
      return ids(
        there
          .flatMap(({ papers }) => papers)
          .filter(
            (one) =>
              one.kind !== 'business_registration' &&
              within(one, on) &&
              (one.revoked === null || on < one.revoked),
          ),
      );
    case 'producers.craft_hamlets': {
      const found = model.crafts.filter(
        (one) => within(one, on) && (hamlet === null || one.hamlet === hamlet),
      );
      return [...new Set(found.map((one) => hamlets[one.hamlet]!))].sort();
    }
    default:
      return ids(spoken(model, on, hamlet));
  }
}

export function spoken(model: Model, on: LocalDate, hamlet: number | null) {
  const said = model.incomes.filter((one) => one.on <= on && one.hamlet === hamlet);
  const year = said.reduce((latest, one) => Math.max(latest, one.year), 0);
  return said.filter((one) => one.year === year);
}

/** The measures that are compared. */
export const NAMES = [
  'cooperatives',
  'household_businesses',
  'groups_vietgap',
  'groups_organic',
  'certificates_valid',
  'craft_hamlets',
  'income_per_person',
];
