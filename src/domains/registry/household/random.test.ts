/** The register under random lives: beside a plain model in memory, and under many writers at once. */
import { describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { isAppError } from '#kernel/errors';
import { addDays, localDate, type LocalDate } from '#kernel/time';
import { official, system, useWorld } from '#test/world';
import { seeded, type Random } from '../../../../demo/random.ts';
import { Model } from './model-fixture.ts';
import { MEASURES } from '../figures/measures.ts';
import {
  addMember,
  changeHead,
  changePlace,
  createResident,
  moveOut,
  moveWithin,
  openHousehold,
  populationByHamlet,
  recordBirth,
  recordDeath,
} from '../index.ts';

const world = useWorld();
const clerk = official('clerk');
const NOW = { now: new Date('2025-06-01T09:00:00+07:00') };
const FIRST = localDate('2020-01-01');
const DAYS = 1800;
const [householdMeasure, residentMeasure] = MEASURES as [(typeof MEASURES)[0], (typeof MEASURES)[0]];

/** Random acts; with a model, what was accepted goes into it too. */
class Life {
  readonly #random: Random;
  readonly #hamlets: readonly string[];
  readonly #model: Model | null;
  houses: string[] = [];
  people: string[] = [];
  accepted = 0;
  refused = 0;
  odd: unknown[] = [];

  constructor(seed: number, hamlets: readonly string[], model: Model | null = null) {
    this.#random = seeded(seed);
    this.#hamlets = hamlets;
    this.#model = model;
  }

  #day(): LocalDate {
    return addDays(FIRST, this.#random.int(0, DAYS));
  }

  async act(): Promise<void> {
    const acts = [
      [this.#open, 3],
      [this.#add, 5],
      [this.#birth, 4],
      [this.#out, 2],
      [this.#within, 4],
      [this.#death, 2],
      [this.#head, 3],
      [this.#place, 2],
    ] as const;
    const act = this.houses.length < 3 ? this.#open : this.#random.weighted(acts);
    try {
      await act.call(this);
      this.accepted += 1;
    } catch (thrown) {
      if (!isAppError(thrown)) this.odd.push(thrown);
      this.refused += 1;
    }
  }

  #as<T>(work: Parameters<typeof world.as<T>>[1]): Promise<T> {
    return world.as(clerk, work, NOW);
  }
  #someone(): string {
    return this.#random.pick(this.people);
  }
  #house(): string {
    return this.#random.pick(this.houses);
  }
  /** Some people of one house where the model knows them, else anybody. */
  #some(house: string): string[] {
    const inside = this.#model ? this.#model.inside(house) : this.people;
    const count = this.#random.int(1, Math.min(3, Math.max(1, inside.length)));
    return [
      ...new Set(
        Array.from({ length: count }, () => this.#random.pick(inside.length ? inside : this.people)),
      ),
    ];
  }

  async #open(): Promise<void> {
    const [hamlet, on] = [this.#random.pick(this.#hamlets), this.#day()];
    const head =
      this.people.length > 5 && this.#random.chance(0.3)
        ? this.#someone()
        : await this.#as((ctx) => createResident(ctx, { fullName: 'Người Mới', birthDate: '1980-01-01' }));
    const id = await this.#as((ctx) =>
      openHousehold(ctx, { hamletId: hamlet, on, head: { residentId: head } }),
    );
    this.houses.push(id);
    if (!this.people.includes(head)) this.people.push(head);
    this.#model?.open(id, hamlet, on);
    this.#model?.enter(head, id, on);
  }
  async #add(): Promise<void> {
    const [house, on] = [this.#house(), this.#day()];
    const who =
      this.people.length > 5 && this.#random.chance(0.4)
        ? { residentId: this.#someone() }
        : { person: { fullName: 'Người Đến', birthDate: '1990-05-05' } };
    const id = await this.#as((ctx) =>
      addMember(ctx, house, { who, relation: 'relative', on, from: 'nơi khác' }),
    );
    if (!this.people.includes(id)) this.people.push(id);
    this.#model?.enter(id, house, on);
  }
  async #birth(): Promise<void> {
    const [house, on] = [this.#house(), this.#day()];
    const person = { fullName: 'Trẻ Sinh', birthDate: on };
    const id = await this.#as((ctx) => recordBirth(ctx, house, { person, relation: 'child' }));
    this.people.push(id);
    this.#model?.enter(id, house, on);
  }
  async #out(): Promise<void> {
    const [house, on] = [this.#house(), this.#day()];
    const residentIds = this.#some(house);
    await this.#as((ctx) => moveOut(ctx, house, { residentIds, on, to: 'xã khác' }));
    for (const one of residentIds) this.#model?.leave(one, on);
  }
  async #within(): Promise<void> {
    const [house, on] = [this.#house(), this.#day()];
    const residentIds = this.#some(house);
    const hamletId = this.#random.pick(this.#hamlets);
    const to = this.#random.chance(0.5)
      ? { householdId: this.#house() }
      : { hamletId, headId: residentIds[0]! };
    const there = await this.#as((ctx) => moveWithin(ctx, house, { residentIds, on, to }));
    if (!this.houses.includes(there)) this.houses.push(there);
    if ('headId' in to) this.#model?.open(there, hamletId, on);
    for (const one of residentIds) this.#model?.leave(one, on);
    for (const one of residentIds) this.#model?.enter(one, there, on);
  }
  async #death(): Promise<void> {
    const [person, on] = [this.#someone(), this.#day()];
    await this.#as((ctx) => recordDeath(ctx, person, { on }));
    if (this.#model?.people.get(person)?.at(-1)?.to === null) this.#model.leave(person, on);
  }
  async #head(): Promise<void> {
    const house = this.#house();
    const [headId] = this.#some(house);
    const on = this.#day();
    await this.#as((ctx) => changeHead(ctx, house, { on, headId: headId! }));
  }
  async #place(): Promise<void> {
    const [house, hamletId, on] = [this.#house(), this.#random.pick(this.#hamlets), this.#day()];
    await this.#as((ctx) => changePlace(ctx, house, { on, hamletId }));
    this.#model?.houses.get(house)!.places.push({ hamlet: hamletId, from: on });
  }
}

/** What must never be, asked behind the application's back. */
async function faults(): Promise<Record<string, number>> {
  const { rows } = await world.owner.query(`
    with m as (select * from registry_member where merge_id is null and (left_on is null or left_on > joined_on)),
    overlapping as (
      select a.id from m a join m b on a.commune_id = b.commune_id and a.resident_id = b.resident_id and a.id < b.id
        and daterange(a.joined_on, a.left_on) && daterange(b.joined_on, b.left_on)),
    two_heads as (
      select a.id from m a join m b on a.commune_id = b.commune_id and a.household_id = b.household_id and a.id < b.id
        and a.relation = 'head' and b.relation = 'head'
        and daterange(a.joined_on, a.left_on) && daterange(b.joined_on, b.left_on)),
    headless as (
      select m.id, x.day from m
      join lateral (select joined_on as day from m n where n.commune_id = m.commune_id and n.household_id = m.household_id
        union select left_on from m n where n.commune_id = m.commune_id and n.household_id = m.household_id) x
        on x.day >= m.joined_on and (m.left_on is null or x.day < m.left_on)
      where not exists (select from m h where h.commune_id = m.commune_id and h.household_id = m.household_id
        and h.relation = 'head' and h.joined_on <= x.day and (h.left_on is null or h.left_on > x.day))),
    dead_members as (
      select m.id from m join registry_resident r on r.commune_id = m.commune_id and r.id = m.resident_id
      where r.deceased_on is not null and m.left_on is null),
    closed_with_people as (
      select m.id from m join registry_household h on h.commune_id = m.commune_id and h.id = m.household_id
      where h.closed_on is not null and (m.left_on is null or m.left_on > h.closed_on)),
    open_without_people as (
      select h.id from registry_household h where h.closed_on is null and not exists (
        select from m where m.commune_id = h.commune_id and m.household_id = h.id and m.left_on is null)),
    places as (
      select h.id from registry_household h join registry_household_place p
        on p.commune_id = h.commune_id and p.household_id = h.id and p.until_day is null
      group by h.id having count(*) <> 1)
    select (select count(*)::int from overlapping) as overlapping, (select count(*)::int from two_heads) as two_heads,
      (select count(*)::int from headless) as headless, (select count(*)::int from dead_members) as dead_members,
      (select count(*)::int from closed_with_people) as closed_with_people,
      (select count(*)::int from open_without_people) as open_without_people,
      (select count(*)::int from places) as places`);
  return rows[0];
}

const NO_FAULTS = {
  overlapping: 0,
  two_heads: 0,
  headless: 0,
  dead_members: 0,
  closed_with_people: 0,
  open_without_people: 0,
  places: 0,
};

describe('random lives', () => {
  it('are counted as a plain model counts them, on any day and in any hamlet', async () => {
    const hamlets = await Promise.all(
      ['Một', 'Hai', 'Ba'].map((name) => world.as(system, (ctx) => addHamlet(ctx, { name }))),
    );
    const model = new Model();
    const life = new Life(7, hamlets, model);
    for (let at = 0; at < 1500; at += 1) await life.act();
    expect(life.odd).toEqual([]);
    expect(life.accepted).toBeGreaterThan(400);
    expect(life.refused).toBeGreaterThan(50);
    expect(await faults()).toEqual(NO_FAULTS);
    const random = seeded(11);
    for (let at = 0; at < 25; at += 1) {
      const asOf = addDays(FIRST, random.int(-5, DAYS + 30));
      const counted = await world.as(clerk, (ctx) => populationByHamlet(ctx, asOf), NOW);
      for (const hamlet of [undefined, ...hamlets]) {
        const question = { asOf, scope: hamlet ? `hamlet:${hamlet}` : 'commune' };
        const listed = async (measure: typeof householdMeasure) =>
          world.as(
            clerk,
            async (ctx) => {
              const { records, total } = await measure.list(ctx, question, 'numerator', {
                offset: 0,
                limit: 9999,
              });
              expect((await measure.compute(ctx, question)).numerator).toBe(total);
              expect(records).toHaveLength(total);
              return records.map(({ id }) => id).sort();
            },
            NOW,
          );
        expect(await listed(householdMeasure), asOf).toEqual(model.housesOn(asOf, hamlet).sort());
        expect(await listed(residentMeasure), asOf).toEqual(model.peopleOn(asOf, hamlet).sort());
        if (!hamlet) continue;
        const line = counted.find(({ hamletId }) => hamletId === hamlet);
        expect(line?.households ?? 0).toBe(model.housesOn(asOf, hamlet).length);
        expect(line?.people ?? 0).toBe(model.peopleOn(asOf, hamlet).length);
      }
    }
  });

  it('keep the rules of the register under 10,000 acts of eight writers at once', async () => {
    const hamlet = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Chung' }));
    const first = new Life(1, [hamlet]);
    for (let at = 0; at < 150; at += 1) await first.act();
    const writers = Array.from({ length: 8 }, (_, at) => new Life(100 + at, [hamlet]));
    for (const writer of writers) {
      // All share the same houses and people, so that they get into each other's way.
      writer.houses = first.houses;
      writer.people = first.people;
    }
    await Promise.all(
      writers.map(async (writer) => {
        for (let at = 0; at < 1231; at += 1) await writer.act();
      }),
    );
    expect(writers.flatMap(({ odd }) => odd)).toEqual([]);
    const accepted = writers.reduce((sum, writer) => sum + writer.accepted, 0);
    expect(accepted).toBeGreaterThan(2000);
    expect(await faults()).toEqual(NO_FAULTS);
  });
});
