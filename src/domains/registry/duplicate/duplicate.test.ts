/** Duplicates: found with their reasons, told apart for good, merged, and a merge taken back to the letter. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { citizen, official, system, useWorld } from '#test/world';
import { belongingOf } from '../household/household.queries.ts';
import {
  addMember,
  createResident,
  getResident,
  listHouseholds,
  moveOut,
  openHousehold,
  populationByHamlet,
  searchResidents,
  updateResident,
  type ResidentInput,
} from '../index.ts';
import { comparePair, listDuplicates, listMerges } from './duplicate.queries.ts';
import { likeness, type Compared } from './duplicate.ts';
import { mergeResidents, notTheSame, undoMerge } from './merge.actions.ts';

const world = useWorld();
const clerk = official('clerk');
const WITH = { purpose: 'correction' };
let hamlet = '';

beforeAll(async () => {
  hamlet = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
});

const person = (input: ResidentInput) => world.as(clerk, (ctx) => createResident(ctx, input));
const merge = (kept: string, gone: string) => world.as(clerk, (ctx) => mergeResidents(ctx, kept, gone));
const undo = (id: string) => world.as(clerk, (ctx) => undoMerge(ctx, id));
const houseOf = (residentId: string, on = '2020-01-01') =>
  world.as(clerk, (ctx) => openHousehold(ctx, { hamletId: hamlet, on, head: { residentId } }));
const join = (house: string, residentId: string, on: string) =>
  world.as(clerk, (ctx) => addMember(ctx, house, { who: { residentId }, relation: 'child', on, from: 'x' }));
const leave = (house: string, residentId: string, on: string) =>
  world.as(clerk, (ctx) => moveOut(ctx, house, { residentIds: [residentId], on, to: 'x' }));

/** Both records and their memberships, whole but for the count of changes. */
async function standing(...ids: string[]): Promise<unknown> {
  const people = await world.owner.query(
    `select to_jsonb(r) - 'version' as row from registry_resident r where id = any ($1) order by id`,
    [ids],
  );
  const rows = await world.owner.query(
    `select to_jsonb(m) as row from registry_member m where resident_id = any ($1) order by id`,
    [ids],
  );
  return [people.rows, rows.rows];
}

describe('likeness', () => {
  const one: Compared = {
    fullName: 'Nguyễn Văn Hòa',
    birthDate: '1980-03-05' as Compared['birthDate'],
    birthKnown: 'day',
    sex: 'male',
    nationalId: '019080001234',
    phone: null,
    hamletId: null,
    householdId: null,
  };
  const beside = (more: object) => likeness(one, { ...one, nationalId: null, ...more } as Compared);

  it.each([
    [{}, ['same_name', 'same_birth', 'id_fits']],
    [{ fullName: 'NGUYEN VAN HOA' }, ['accents_differ', 'same_birth', 'id_fits']],
    [{ fullName: 'Hòa Nguyễn Văn' }, ['same_birth', 'order_differs', 'id_fits']],
    [{ birthDate: '1980-05-03' }, ['same_name', 'day_month_swapped', 'id_fits']],
    [{ birthDate: '1980-01-01', birthKnown: 'year' }, ['same_name', 'year_only', 'id_fits']],
    [{ nationalId: '019080001243' }, ['same_name', 'same_birth', 'id_slip']],
  ])('sees through %j', (more, signs) => {
    const found = beside(more);
    expect(found.signs).toEqual(signs);
    expect(found.score).toBeGreaterThanOrEqual(60);
  });

  it.each([{ birthDate: '1981-03-05' }, { sex: 'female' }, { nationalId: '019080009999' }])(
    'is spoken against by %j',
    (more) => expect(beside(more).score).toBeLessThan(60),
  );
});

describe('the list', () => {
  it('shows a pair once with its reasons, until a clerk tells them apart', async () => {
    const first = await person({ fullName: 'Lục Thị Đào', birthDate: '1975-02-03', phone: '0911000001' });
    const second = await person({ fullName: 'LUC THI DAO', birthDate: '1975-03-02', phone: '0911000001' });
    const pairs = async () =>
      (await world.as(clerk, (ctx) => listDuplicates(ctx))).items.filter((one) =>
        [one.first.id, one.second.id].includes(first),
      );
    const [pair, ...more] = await pairs();
    expect(more).toEqual([]);
    expect(pair?.signs).toEqual(['accents_differ', 'day_month_swapped', 'same_phone']);
    expect(JSON.stringify(pair)).not.toContain('911000001');
    await world.as(clerk, (ctx) => notTheSame(ctx, second, first));
    await world.as(clerk, (ctx) => notTheSame(ctx, first, second));
    expect(await pairs()).toEqual([]);
  });

  it('opens two records only for a purpose, and is for the desk and the police', async () => {
    const [a, b] = [await person({ fullName: 'Ma Văn Soi' }), await person({ fullName: 'Ma Văn Sòi' })];
    await expect(world.as(clerk, (ctx) => comparePair(ctx, a, b))).rejects.toMatchObject({
      code: 'registry.purpose_needed',
    });
    expect((await world.as(clerk, (ctx) => comparePair(ctx, a, b), WITH)).signs).toContain('accents_differ');
    for (const actor of [citizen(), official('leader'), official('hamlet_head'), official('admin')]) {
      await expect(world.as(actor, (ctx) => listDuplicates(ctx))).rejects.toMatchObject({ status: 403 });
      await expect(world.as(actor, (ctx) => mergeResidents(ctx, a, b))).rejects.toMatchObject({
        status: 403,
      });
      await expect(world.as(actor, (ctx) => notTheSame(ctx, a, b))).rejects.toMatchObject({ status: 403 });
    }
    const there = { commune: world.neighbour };
    await expect(world.as(clerk, (ctx) => mergeResidents(ctx, a, b), there)).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('a merge', () => {
  it('leads from the merged record to the kept one, which takes over what it did not know', async () => {
    const kept = await person({ fullName: 'Vi Văn Núi', birthDate: '1990-01-01', birthKnown: 'year' });
    const gone = await person({
      fullName: 'Vi Văn Nui',
      birthDate: '1990-05-06',
      sex: 'male',
      nationalId: '019090000777',
    });
    const house = await houseOf(await person({ fullName: 'Vi Chủ Hộ' }));
    await join(house, gone, '2021-01-01');
    const id = await merge(kept, gone);
    const found = await world.as(clerk, (ctx) => getResident(ctx, gone), WITH);
    expect(found).toMatchObject({ id: kept, birthDate: '1990-05-06', birthKnown: 'day', sex: 'male' });
    const { items } = await world.as(clerk, (ctx) => searchResidents(ctx, { q: '019090000777' }));
    expect(items.map((one) => one.id)).toEqual([kept]);
    const belonging = await world.as(clerk, (ctx) => belongingOf(ctx, gone), WITH);
    expect(belonging.household?.id).toBe(house);
    expect(belonging.book.map(({ kind }) => kind)).toEqual(['merged', 'moved_in']);
    const own = { ...citizen(), residentId: gone };
    expect((await world.as(own, (ctx) => getResident(ctx, gone))).id).toBe(kept);
    expect((await world.as(clerk, listMerges)).find((one) => one.id === id)).toMatchObject({
      undoneAt: null,
    });
    const { version } = found;
    await world.as(clerk, (ctx) => updateResident(ctx, gone, { ...found, phone: '0911222333' }, version));
    expect((await world.as(clerk, (ctx) => getResident(ctx, kept), WITH)).phone).toBe('+84911222333');
  });

  it.each([
    ['two_numbers', { nationalId: '019080000001' }, { nationalId: '019080000002' }],
    ['one_deceased', {}, { deceasedOn: '2020-01-01' }],
  ])('is refused: %s', async (code, kept, gone) => {
    const make = (more: object) => person({ fullName: 'Ma Văn Hai', idCompared: true, ...more });
    const [a, b] = [await make(kept), await make(gone)];
    await expect(merge(a, b)).rejects.toMatchObject({ code: `registry.merge.${code}` });
    await expect(merge(a, a)).rejects.toMatchObject({ code: 'registry.merge.same_record' });
  });

  it('never takes the head out of a household, nor puts anybody into two', async () => {
    const [a, b] = [await person({ fullName: 'Lý Văn Ba' }), await person({ fullName: 'Lý Văn Bà' })];
    const house = await houseOf(a);
    await join(house, b, '2021-01-01');
    await expect(merge(b, a)).rejects.toMatchObject({ code: 'registry.merge.is_head' });
    const c = await person({ fullName: 'Lý Văn Bá' });
    await houseOf(c);
    await expect(merge(a, c)).rejects.toMatchObject({ code: 'registry.merge.two_households' });
    const people = async () => (await world.as(clerk, (ctx) => populationByHamlet(ctx)))[0]!.people;
    const before = await people();
    await merge(a, b);
    expect(await people()).toBe(before - 1);
    const { items } = await world.as(clerk, (ctx) => listHouseholds(ctx, { limit: 100 }));
    expect(items.find((one) => one.id === house)?.head?.id).toBe(a);
  });

  it('cannot be taken back over what happened since, nor twice', async () => {
    const [a, b] = [await person({ fullName: 'Hà Văn Tư' }), await person({ fullName: 'Hà Văn Từ' })];
    const house = await houseOf(await person({ fullName: 'Hà Chủ Hộ' }));
    await join(house, b, '2021-01-01');
    const id = await merge(a, b);
    await leave(house, a, '2022-01-01');
    await expect(undo(id)).rejects.toMatchObject({ code: 'registry.merge.changed_since' });
    const [c, d] = [await person({ fullName: 'Hà Văn Năm' }), await person({ fullName: 'Hà Văn Nấm' })];
    const other = await merge(c, d);
    await undo(other);
    await expect(undo(other)).rejects.toMatchObject({ code: 'registry.merge.undone_already' });
  });
});

it('merging and taking it back leaves everything as it was, whatever the two had lived', async () => {
  const houses: string[] = [];
  for (const name of ['Một', 'Hai'])
    houses.push(await houseOf(await person({ fullName: `Chủ Hộ ${name}` }), '2000-01-01'));
  const spell = fc.record({ house: fc.nat(1), from: fc.integer({ min: 2001, max: 2019 }), years: fc.nat(5) });
  const known = fc.record({
    sex: fc.constantFrom('male' as const, null),
    phone: fc.constantFrom('0911333444', null),
    birthDate: fc.constantFrom('1985-04-05', null),
  });
  const life = fc.record({ spells: fc.array(spell, { maxLength: 4 }), known });
  let done = 0;
  const live = async ({
    spells,
    known,
  }: {
    spells: { house: number; from: number; years: number }[];
    known: object;
  }) => {
    const id = await person({ fullName: 'Người Sống', ...known });
    let free = 0;
    for (const { house, from, years } of spells.toSorted((a, b) => a.from - b.from)) {
      if (from <= free) continue;
      await join(houses[house]!, id, `${from}-03-01`);
      free = from + years;
      if (years === 0) break;
      await leave(houses[house]!, id, `${free}-02-01`);
    }
    return id;
  };
  await fc.assert(
    fc.asyncProperty(life, life, async (one, two) => {
      const [kept, gone] = [await live(one), await live(two)];
      const before = await standing(kept, gone);
      const merged = await merge(kept, gone).catch((thrown: { code: string }) => {
        expect(thrown.code).toBe('registry.merge.two_households');
        return null;
      });
      if (merged !== null) {
        done += 1;
        expect(await standing(kept, gone)).not.toEqual(before);
        await undo(merged);
      }
      expect(await standing(kept, gone)).toEqual(before);
    }),
    { numRuns: 60, endOnFailure: true },
  );
  expect(done).toBeGreaterThan(10);
});
