/** Reading households: the list, one with its people and its book, the population of the hamlets. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow, hamletsWhere } from '#kernel/rights';
import { words } from '#kernel/text';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { listHamlets } from '#domain/commune';
import { inBook } from '../duplicate/records.ts';
import { nameHas } from '../name-search.ts';
import { masked, type MaskedResident } from '../resident.ts';
import { findResidentRow, residentOf, thingOf } from '../resident.queries.ts';
import type { ChangeKind, Relation } from './household.ts';
import { householdsOn } from './on-day.ts';
import { findHousehold, householdThing, membershipOf, type Loaded } from './record.ts';

export type HouseholdLine = {
  id: string;
  number: string;
  listNumber: string | null;
  hamletId: string;
  address: string | null;
  head: { id: string; name: string; birthYear: number | null } | null;
  headToConfirm: boolean;
  people: number;
  demo: boolean;
};

export type HouseholdFilter = {
  /** A household number, or words of the name of somebody in it, in any order without accents. */
  q?: string | undefined;
  hamletId?: string | undefined;
  /** Only those whose head a clerk has to look at. */
  toConfirm?: boolean;
  offset?: number;
  limit?: number;
};

/** Households that exist today, by hamlet and number. Who has the right in some hamlets sees theirs only. */
export async function listHouseholds(
  ctx: Ctx,
  filter: HouseholdFilter = {},
): Promise<{ items: HouseholdLine[]; total: number }> {
  const hamlets = hamletsWhere(ctx, 'registry.household.list');
  const asked = filter.hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  allow(ctx, 'registry.household.list', { kind: 'household', hamlet_id: asked }, { q: filter.q ?? null });
  if (filter.hamletId !== undefined && !isId(filter.hamletId)) return { items: [], total: 0 };
  let found = ctx.db
    .selectFrom('registry_household as h')
    .innerJoin('registry_household_place as p', (on) =>
      on
        .onRef('p.commune_id', '=', 'h.commune_id')
        .onRef('p.household_id', '=', 'h.id')
        .on('p.until_day', 'is', null),
    )
    .where('h.commune_id', '=', ctx.commune.id)
    .where('h.closed_on', 'is', null);
  if (hamlets !== 'all') found = found.where('p.hamlet_id', 'in', [...hamlets]);
  if (filter.hamletId !== undefined) found = found.where('p.hamlet_id', '=', filter.hamletId);
  if (filter.toConfirm) found = found.where('h.head_to_confirm', '=', true);
  const q = (filter.q ?? '').trim();
  if (/^\d+$/.test(q)) {
    const number = q.padStart(5, '0');
    found = found.where((eb) => eb.or([eb('h.number', '=', number), eb('h.list_number', '=', q)]));
  } else if (q !== '') {
    const ids = await householdsOfName(ctx, words(q));
    if (ids.length === 0) return { items: [], total: 0 };
    found = found.where('h.id', 'in', ids);
  }
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const order = (await listHamlets(ctx, { on: 'ever' })).map(({ id }) => id);
  const rows = await found
    .select(['h.id', 'h.number', 'h.list_number', 'h.head_to_confirm', 'h.demo', 'p.hamlet_id', 'p.address'])
    .orderBy(sql`array_position(${order}::uuid[], p.hamlet_id)`)
    .orderBy('h.number')
    .offset(filter.offset ?? 0)
    .limit(filter.limit ?? 25)
    .execute();
  return { items: await withPeople(ctx, rows), total: Number(total) };
}

/** Most households that a search by name goes on with; more names the search too vaguely. */
const MOST_NAMED = 2_000;

async function householdsOfName(ctx: Ctx, asked: readonly string[]): Promise<string[]> {
  if (asked.length === 0) return [];
  const named = ctx.db
    .selectFrom('registry_member as m')
    .innerJoin('registry_resident as r', (on) =>
      on.onRef('r.commune_id', '=', 'm.commune_id').onRef('r.id', '=', 'm.resident_id'),
    )
    .select('m.household_id')
    .distinct()
    .where('m.commune_id', '=', ctx.commune.id)
    .where('m.left_on', 'is', null)
    .where('m.merge_id', 'is', null)
    .where(nameHas(asked, 'r'));
  return (await named.limit(MOST_NAMED).execute()).map((row) => row.household_id);
}

type Bare = {
  id: string;
  number: string;
  list_number: string | null;
  head_to_confirm: boolean;
  demo: boolean;
  hamlet_id: string;
  address: string | null;
};

async function withPeople(ctx: Ctx, rows: readonly Bare[]): Promise<HouseholdLine[]> {
  if (rows.length === 0) return [];
  const people = await ctx.db
    .selectFrom('registry_member as m')
    .innerJoin('registry_resident as r', (on) =>
      on.onRef('r.commune_id', '=', 'm.commune_id').onRef('r.id', '=', 'm.resident_id'),
    )
    .select(['m.household_id', 'm.relation', 'r.id', 'r.full_name', 'r.birth_date'])
    .where('m.commune_id', '=', ctx.commune.id)
    .where(
      'm.household_id',
      'in',
      rows.map(({ id }) => id),
    )
    .where('m.left_on', 'is', null)
    .where('m.merge_id', 'is', null)
    .execute();
  const byHousehold = Map.groupBy(people, (row) => row.household_id);
  return rows.map((row) => {
    const inside = byHousehold.get(row.id) ?? [];
    const head = inside.find(({ relation }) => relation === 'head');
    return {
      id: row.id,
      number: row.number,
      listNumber: row.list_number,
      hamletId: row.hamlet_id,
      address: row.address,
      head: head
        ? {
            id: head.id,
            name: head.full_name,
            birthYear: head.birth_date ? Number(head.birth_date.slice(0, 4)) : null,
          }
        : null,
      headToConfirm: row.head_to_confirm,
      people: inside.length,
      demo: row.demo,
    };
  });
}

export type HouseholdMember = MaskedResident & {
  relation: Relation;
  joinedOn: LocalDate;
  leftOn: LocalDate | null;
};

export type BookEntry = {
  id: string;
  day: LocalDate;
  kind: ChangeKind;
  person: { id: string; name: string } | null;
  data: Record<string, unknown>;
  recordedAt: Date;
  recordedBy: string;
  source: { kind: string; id: string } | null;
};

export type Household = Loaded & { people: HouseholdMember[]; past: HouseholdMember[] };

/** A household with its people, those of today and those of before; numbers are masked. @throws AppError `registry.household.not_found` */
export async function getHousehold(ctx: Ctx, id: string): Promise<Household> {
  const found = await findHousehold(ctx, id);
  allow(ctx, 'registry.household.view', householdThing(id, found));
  const household = mustExist(found, 'registry.household');
  const rows = await ctx.db
    .selectFrom('registry_member as m')
    .innerJoin('registry_resident as r', (on) =>
      on.onRef('r.commune_id', '=', 'm.commune_id').onRef('r.id', '=', 'm.resident_id'),
    )
    .selectAll('r')
    .select(['m.relation', 'm.joined_on', 'm.left_on'])
    .where('m.commune_id', '=', ctx.commune.id)
    .where('m.household_id', '=', id)
    .where('m.merge_id', 'is', null)
    .orderBy('m.joined_on')
    .orderBy('r.birth_date')
    .orderBy('r.id')
    .execute();
  const all = rows.map((row): HouseholdMember => ({
    ...masked(residentOf(row)),
    relation: row.relation as Relation,
    joinedOn: localDate(row.joined_on),
    leftOn: row.left_on === null ? null : localDate(row.left_on),
  }));
  const people = all
    .filter(({ leftOn }) => leftOn === null)
    .toSorted((a, b) => Number(b.relation === 'head') - Number(a.relation === 'head'));
  const here = new Set(people.map((one) => one.id));
  const past = all.filter((one) => one.leftOn !== null && !here.has(one.id));
  return { ...household, people, past };
}

/** What happened to a household, newest first. */
export async function bookOfHousehold(ctx: Ctx, id: string): Promise<BookEntry[]> {
  const found = await findHousehold(ctx, id);
  allow(ctx, 'registry.household.view', householdThing(id, found));
  return readBook(ctx, 'household_id', id);
}

/** For the verbs of this room: the book of a household or of a person. */
export async function readBook(
  ctx: Ctx,
  column: 'household_id' | 'resident_id',
  id: string,
): Promise<BookEntry[]> {
  const rows = await ctx.db
    .selectFrom('registry_change as c')
    .leftJoin('registry_resident as r', (on) =>
      on.onRef('r.commune_id', '=', 'c.commune_id').onRef('r.id', '=', 'c.resident_id'),
    )
    .selectAll('c')
    .select('r.full_name')
    .where('c.commune_id', '=', ctx.commune.id)
    .where(inBook(ctx, column, id))
    .orderBy('c.day', 'desc')
    .orderBy('c.id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    day: localDate(row.day),
    kind: row.kind as ChangeKind,
    person: row.resident_id && row.full_name ? { id: row.resident_id, name: row.full_name } : null,
    data: row.data as Record<string, unknown>,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    source: row.source_kind && row.source_id ? { kind: row.source_kind, id: row.source_id } : null,
  }));
}

export type Population = { hamletId: string; households: number; people: number };

/**
 * Households and people of every hamlet at the end of a day (today unless told): numbers without names. Two plain
 * readings, put together here: as one join it takes a minute where the database has not yet counted its tables.
 */
export async function populationByHamlet(ctx: Ctx, asOf?: LocalDate): Promise<Population[]> {
  allow(ctx, 'registry.figures.see');
  const day = asOf ?? localDateOf(ctx.now);
  const houses = await householdsOn(ctx, day).select(['h.id', 'p.hamlet_id']).execute();
  const inside = await ctx.db
    .selectFrom('registry_member as m')
    .select((eb) => ['m.household_id', eb.fn.countAll<bigint>().as('people')])
    .where('m.commune_id', '=', ctx.commune.id)
    .where('m.merge_id', 'is', null)
    .where('m.joined_on', '<=', day)
    .where((eb) => eb.or([eb('m.left_on', 'is', null), eb('m.left_on', '>', day)]))
    .groupBy('m.household_id')
    .execute();
  const people = new Map(inside.map((row) => [row.household_id, Number(row.people)]));
  const hamlets = Map.groupBy(houses, (row) => row.hamlet_id);
  return [...hamlets].map(([hamletId, rows]) => ({
    hamletId,
    households: rows.length,
    people: rows.reduce((sum, { id }) => sum + (people.get(id) ?? 0), 0),
  }));
}

export type Belonging = { id: string; number: string; relation: Relation; joinedOn: LocalDate };

/** The household that a person belongs to, and what the book says of him; beside his opened record. */
export async function belongingOf(
  ctx: Ctx,
  residentId: string,
): Promise<{ household: Belonging | null; book: BookEntry[] }> {
  const resident = await findResidentRow(ctx, residentId);
  allow(ctx, 'registry.resident.view', thingOf(ctx, residentId, resident));
  if (!resident) return { household: null, book: [] };
  const membership = await membershipOf(ctx, resident.id);
  const household = membership && (await findHousehold(ctx, membership.householdId));
  return {
    household:
      membership && household
        ? {
            id: household.id,
            number: household.number,
            relation: membership.relation,
            joinedOn: membership.joinedOn,
          }
        : null,
    book: await readBook(ctx, 'resident_id', resident.id),
  };
}
