import type { Ctx } from '#kernel/context';
import { localDate } from '#kernel/time';
import { makeFinder, nameKey, type Finder, type Known } from './settle.ts';
import type { Line } from './read-list.ts';

const CHUNK = 2_000;

/** Reads whoever of the register may be meant by these rows. Without a right of its own: for the import's work. */
export async function knownPeople(ctx: Ctx, lines: readonly Line[]): Promise<Finder> {
  const ids = new Set<string>();
  const keys = new Set<string>();
  for (const { person } of lines) {
    if (person.nationalId) ids.add(person.nationalId);
    if (person.name) keys.add(nameKey(person.name));
  }
  const found = new Map<string, Known>();
  for (const some of chunks([...ids]))
    for (const one of await read(ctx, 'national_id', some)) found.set(one.id, one);
  for (const some of chunks([...keys]))
    for (const one of await read(ctx, 'name_key', some)) found.set(one.id, one);
  await addHouseholds(ctx, found);
  return makeFinder([...found.values()]);
}

function* chunks<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += CHUNK) yield list.slice(at, at + CHUNK);
}

async function read(
  ctx: Ctx,
  column: 'national_id' | 'name_key',
  values: readonly string[],
): Promise<Known[]> {
  const rows = await ctx.db
    .selectFrom('registry_resident')
    .select(['id', 'full_name', 'birth_date', 'birth_known', 'sex', 'national_id', 'phone'])
    .select(['hamlet_id', 'deceased_on'])
    .where('commune_id', '=', ctx.commune.id)
    .where(column, 'in', [...values])
    .where('merged_into', 'is', null)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.full_name,
    birth: row.birth_date === null ? null : localDate(row.birth_date),
    birthKnown: row.birth_known === 'year' ? 'year' : 'day',
    sex: row.sex,
    nationalId: row.national_id,
    phone: row.phone,
    hamletId: row.hamlet_id,
    deceased: row.deceased_on !== null,
    household: null,
    leftOn: null,
  }));
}

async function addHouseholds(ctx: Ctx, known: ReadonlyMap<string, Known>): Promise<void> {
  for (const some of chunks([...known.keys()])) {
    const rows = await ctx.db
      .selectFrom('registry_member as m')
      .innerJoin('registry_household as h', (on) =>
        on.onRef('h.commune_id', '=', 'm.commune_id').onRef('h.id', '=', 'm.household_id'),
      )
      .select(['m.resident_id', 'm.relation', 'm.left_on', 'h.id', 'h.number'])
      .where('m.commune_id', '=', ctx.commune.id)
      .where('m.resident_id', 'in', [...some])
      .where('m.merge_id', 'is', null)
      .orderBy('m.joined_on')
      .execute();
    for (const row of rows) {
      const one = known.get(row.resident_id)!;
      if (row.left_on !== null) one.leftOn = localDate(row.left_on);
      else one.household = { id: row.id, number: row.number, isHead: row.relation === 'head' };
    }
  }
}
