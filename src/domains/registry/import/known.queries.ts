import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { localDate } from '#kernel/time';
import { makeFinder, nameKey, type Finder, type Known } from './settle.ts';
import type { Line } from './read-list.ts';

const CHUNK = 2_000;

/**
 * Reads whoever of the register may be meant by these rows: who has the number, who has name and day of birth.
 * Without a right of its own: for the import's work.
 */
export async function knownPeople(ctx: Ctx, lines: readonly Line[]): Promise<Finder> {
  const ids = new Set<string>();
  const names = new Map<string, [key: string, birth: string]>();
  for (const { person } of lines) {
    if (person.nationalId) ids.add(person.nationalId);
    const key = nameKey(person.name);
    if (person.birth) names.set(`${key}/${person.birth.day}`, [key, person.birth.day]);
  }
  const found = new Map<string, Known>();
  for (const some of chunks([...ids])) for (const one of await byNumber(ctx, some)) found.set(one.id, one);
  for (const some of chunks([...names.values()]))
    for (const one of await byName(ctx, some)) found.set(one.id, one);
  await addHouseholds(ctx, found);
  return makeFinder([...found.values()]);
}

function* chunks<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += CHUNK) yield list.slice(at, at + CHUNK);
}

type Row = {
  id: string;
  full_name: string;
  birth_date: string | null;
  birth_known: string;
  sex: string | null;
  national_id: string | null;
  phone: string | null;
  hamlet_id: string | null;
  deceased_on: string | null;
};

// One after the other through an index, which `offset 0` asks for: a database that has not yet counted its tables
// would compare all with all.

async function byNumber(ctx: Ctx, numbers: readonly string[]): Promise<Known[]> {
  const { rows } = await sql<Row>`
    select r.* from unnest(${[...numbers]}::text[]) as x (number)
    cross join lateral (
      select * from registry_resident
      where commune_id = ${ctx.commune.id} and national_id = x.number and merged_into is null offset 0) r`.execute(
    ctx.db,
  );
  return rows.map(knownOf);
}

async function byName(ctx: Ctx, names: readonly (readonly [string, string])[]): Promise<Known[]> {
  const keys = names.map(([key]) => key);
  const births = names.map(([, birth]) => birth);
  const { rows } = await sql<Row>`
    select r.* from unnest(${keys}::text[], ${births}::date[]) as x (key, birth)
    cross join lateral (
      select * from registry_resident
      where commune_id = ${ctx.commune.id} and name_key = x.key and birth_date = x.birth and merged_into is null
      offset 0) r`.execute(ctx.db);
  return rows.map(knownOf);
}

function knownOf(row: Row): Known {
  return {
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
  };
}

async function addHouseholds(ctx: Ctx, known: ReadonlyMap<string, Known>): Promise<void> {
  for (const some of chunks([...known.keys()])) {
    const { rows } = await sql<{
      resident_id: string;
      relation: string;
      left_on: string | null;
      id: string;
      number: string;
    }>`
      select m.resident_id, m.relation, m.left_on, h.id, h.number
      from unnest(${[...some]}::uuid[]) as x (id)
      cross join lateral (
        select * from registry_member
        where commune_id = ${ctx.commune.id} and resident_id = x.id and merge_id is null offset 0) m
      join registry_household h on h.commune_id = m.commune_id and h.id = m.household_id
      order by m.joined_on`.execute(ctx.db);
    for (const row of rows) {
      const one = known.get(row.resident_id)!;
      if (row.left_on !== null) one.leftOn = localDate(row.left_on);
      else one.household = { id: row.id, number: row.number, isHead: row.relation === 'head' };
    }
  }
}
