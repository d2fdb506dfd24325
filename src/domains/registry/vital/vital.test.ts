import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { newId } from '#kernel/ids';
import { citizen, official, system, useWorld } from '#test/world';
import { closeVital, hearVital, openVitals, vitalOfSource } from '../index.ts';
import { bookOfHousehold, getHousehold, openHousehold, recordBirth, searchResidents } from '../index.ts';
import { belongingOf } from '../household/household.queries.ts';
import { sourceLink } from '../household/source-link.ts';
import { relationOfChild } from './vital.ts';

const world = useWorld();
const clerk = official('clerk');
const NOW = { now: new Date('2026-06-01T09:00:00+07:00') };
const asClerk = <T>(work: Parameters<typeof world.as<T>>[1]) => world.as(clerk, work, NOW);
const asJob = <T>(work: Parameters<typeof world.as<T>>[1]) => world.as(system, work, NOW);
let house: string;

beforeAll(async () => {
  const hamletId = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  const mother = {
    fullName: 'Lý Thị Mẹ',
    birthDate: '1995-05-05',
    sex: 'female',
    nationalId: '099195000001',
  } as const;
  house = await asClerk((ctx) =>
    openHousehold(ctx, { hamletId, on: '2020-01-01', head: { person: mother } }),
  );
});

const source = () => ({ kind: 'dossier', id: newId(), label: 'H55.242-260601-0001' });
const birth = (name = 'Lý Văn Bé') => ({
  kind: 'birth' as const,
  child: { name, birthDate: '2026-05-20', sex: 'male' },
  parents: [{ name: 'lý thị MẸ', birthDate: null, nationalId: '099 195 000 001' }],
});

describe('a dossier that ended', () => {
  it('enters a child into the mother’s household, once, with a link both ways', async () => {
    const from = source();
    const first = await asJob((ctx) => hearVital(ctx, birth(), from));
    expect(first).toMatchObject({ state: 'recorded', householdId: house });
    expect(await asJob((ctx) => hearVital(ctx, birth(), from))).toBeNull();
    const { people } = await asClerk((ctx) => getHousehold(ctx, house));
    expect(people.map(({ fullName, relation }) => [fullName, relation])).toEqual([
      ['Lý Thị Mẹ', 'head'],
      ['Lý Văn Bé', 'child'],
    ]);
    const [entry] = await asClerk((ctx) => bookOfHousehold(ctx, house));
    expect(entry).toMatchObject({ kind: 'birth', source: { kind: 'dossier', id: from.id } });
    expect(entry?.data['source']).toBe(from.label);
    const link = await asClerk((ctx) => vitalOfSource(ctx, from));
    expect(link).toMatchObject({ kind: 'birth', state: 'recorded', householdId: house });
    const child = people[1]!.id;
    expect(link?.residentId).toBe(child);
    const { book } = await world.as(clerk, (ctx) => belongingOf(ctx, child), { ...NOW, purpose: 'update' });
    const drawn = (opens: boolean) => sourceLink(book[0]!, { opens, locale: 'vi' });
    const label = `Từ hồ sơ ${from.label}`;
    expect(drawn(true)).toEqual({ label, href: expect.stringContaining(from.id) });
    expect(drawn(false)).toEqual({ label, href: null });
    expect(sourceLink({ ...book[0]!, source: null }, { opens: true, locale: 'vi' })).toBeNull();
  });

  it('records a death by name and birth where only one fits, and leaves doubts to a clerk', async () => {
    const twin = { fullName: 'Lý Văn Hai', birthDate: '2024-01-01' };
    for (const fullName of ['Lý Văn Hai', 'Hai Văn Lý'])
      await asClerk((ctx) => recordBirth(ctx, house, { person: { ...twin, fullName }, relation: 'child' }));
    const death = (name: string, birthDate: string | null) => ({
      kind: 'death' as const,
      deceased: { name, birthDate, nationalId: null },
      on: '2026-05-30',
    });
    const tell = (notice: Parameters<typeof hearVital>[1]) =>
      asJob((ctx) => hearVital(ctx, notice, source()));
    expect(await tell(death('Lý Văn Hai', '2024-01-01'))).toEqual({ state: 'open', reason: 'several' });
    expect(await tell(death('Người Lạ', '1950-01-01'))).toEqual({ state: 'open', reason: 'not_found' });
    expect(await tell(death('LÝ VĂN BÉ', '2026-05-20'))).toMatchObject({
      state: 'recorded',
      householdId: house,
    });
    // A number of somebody with another name: nobody is declared dead by a slip of the pen.
    const slip = { name: 'Lý Văn Nhầm', birthDate: null, nationalId: '099195000001' };
    expect(await tell({ kind: 'death', deceased: slip, on: '2026-05-30' })).toMatchObject({
      reason: 'other_name',
    });
    // A refusal of the register undoes what was begun and stays open.
    const before = await asClerk((ctx) => searchResidents(ctx, { q: 'mai kia' }));
    const early = {
      ...birth('Lý Mai Kia'),
      child: { name: 'Lý Mai Kia', birthDate: '2030-01-01', sex: null },
    };
    expect(await tell(early)).toMatchObject({ state: 'open' });
    expect(await asClerk((ctx) => searchResidents(ctx, { q: 'mai kia' }))).toEqual(before);
    const open = await asClerk(openVitals);
    expect(open).toHaveLength(4);
    await asClerk((ctx) => closeVital(ctx, open[0]!.id));
    expect(await asClerk(openVitals)).toHaveLength(3);
  });

  it('is heard from the program only, and seen by those who write the register', async () => {
    for (const actor of [clerk, citizen()])
      await expect(world.as(actor, (ctx) => hearVital(ctx, birth(), source()))).rejects.toMatchObject({
        status: 403,
      });
    await expect(world.as(official('leader'), openVitals)).rejects.toMatchObject({ status: 403 });
  });
});

it('a newborn is what its parent makes it', () => {
  expect(relationOfChild('spouse')).toBe('child');
  expect(relationOfChild('child_in_law')).toBe('grandchild');
  expect(relationOfChild('sibling')).toBe('relative');
});
