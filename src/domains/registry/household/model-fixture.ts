/** The register as plainly as can be, in memory: what the real one is compared with. */
import type { LocalDate } from '#kernel/time';

type Spell = { household: string; from: LocalDate; to: LocalDate | null };
type House = { opened: LocalDate; closed: LocalDate | null; places: { hamlet: string; from: LocalDate }[] };

/** What was accepted. */
export class Model {
  readonly people = new Map<string, Spell[]>();
  readonly houses = new Map<string, House>();

  open(id: string, hamlet: string, day: LocalDate): void {
    this.houses.set(id, { opened: day, closed: null, places: [{ hamlet, from: day }] });
  }
  enter(person: string, household: string, day: LocalDate): void {
    this.people.set(person, [...(this.people.get(person) ?? []), { household, from: day, to: null }]);
  }
  leave(person: string, day: LocalDate): void {
    const spell = this.people.get(person)!.at(-1)!;
    spell.to = day;
    const empty = ![...this.people.values()].some((spells) =>
      spells.some((one) => one.household === spell.household && one.to === null),
    );
    if (empty) this.houses.get(spell.household)!.closed = day;
  }
  inside(household: string): string[] {
    return [...this.people].flatMap(([id, spells]) => {
      const last = spells.at(-1);
      return last?.household === household && last.to === null ? [id] : [];
    });
  }
  housesOn(day: LocalDate, hamlet?: string): string[] {
    return [...this.houses].flatMap(([id, { opened, closed, places }]) => {
      const there = places.findLast(({ from }) => from <= day)?.hamlet;
      const exists = opened <= day && (closed === null || closed > day);
      return exists && (hamlet === undefined || there === hamlet) ? [id] : [];
    });
  }
  peopleOn(day: LocalDate, hamlet?: string): string[] {
    const houses = new Set(this.housesOn(day, hamlet));
    return [...this.people].flatMap(([id, spells]) =>
      spells.some(
        ({ household, from, to }) => houses.has(household) && from <= day && (to === null || to > day),
      )
        ? [id]
        : [],
    );
  }
}
