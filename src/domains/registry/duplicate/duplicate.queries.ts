/** Reading duplicates: pairs of records that look alike, two of them side by side, merges that were done. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { membershipOf } from '../household/record.ts';
import { masked, type MaskedResident, type Resident } from '../resident.ts';
import { findResidentRow, residentOf, residentsById } from '../resident.queries.ts';
import { likeness, LIKELY, type Likeness } from './duplicate.ts';

export type Pair = Likeness & { first: MaskedResident; second: MaskedResident };

/** Most pairs that are compared at once; whoever has more begins with the likeliest of these. */
const MOST_PAIRS = 5_000;

/** Pairs of records that may be one person, the likeliest first; those a clerk told apart are left out. */
export async function listDuplicates(
  ctx: Ctx,
  { offset = 0, limit = 25 } = {},
): Promise<{ items: Pair[]; total: number }> {
  allow(ctx, 'registry.duplicate.see', { kind: 'resident' }, { duplicates: true });
  const pairs = await candidates(ctx);
  const ids = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))];
  const people = new Map((await residentsById(ctx, ids)).map((row) => [row.id, residentOf(row)]));
  const households = await householdsOf(ctx, ids);
  const compared = (id: string) => ({ ...people.get(id)!, householdId: households.get(id) ?? null });
  const likely = pairs
    .map(({ first, second }) => ({ first, second, ...likeness(compared(first), compared(second)) }))
    .filter(({ score }) => score >= LIKELY)
    .toSorted((a, b) => b.score - a.score || a.first.localeCompare(b.first));
  const items = likely.slice(offset, offset + limit).map((pair): Pair => ({
    ...pair,
    first: masked(people.get(pair.first)!),
    second: masked(people.get(pair.second)!),
  }));
  return { items, total: likely.length };
}

/**
 * Records worth comparing: the same words in the name and nothing in the year of birth against it, or the same
 * telephone. Only these are scored.
 */
async function candidates(ctx: Ctx): Promise<{ first: string; second: string }[]> {
  const commune = ctx.commune.id;
  // Materialised and joined by hash: a database without statistics would compare all with all.
  const { rows } = await sql<{ first: string; second: string }>`
    with person as materialized (
      select id, name_key, phone, birth_date, extract(year from birth_date)::int as year, hamlet_id
      from registry_resident where commune_id = ${commune} and merged_into is null and deceased_on is null),
    named as materialized (
      select name_key from person group by name_key having count(*) > 1),
    pair as (
      select a.id as first, b.id as second from person a join person b
        on b.name_key = a.name_key and b.year = a.year and b.id > a.id
      union
      select least(a.id, b.id), greatest(a.id, b.id) from person a join named using (name_key) join person b
        on b.name_key = a.name_key and b.hamlet_id = a.hamlet_id and b.id <> a.id where a.year is null
      union
      select a.id, b.id from person a join person b on b.phone = a.phone and b.id > a.id)
    select first, second from pair
    where not exists (
      select from registry_distinct d
      where d.commune_id = ${commune} and d.first_id = first and d.second_id = second)
    limit ${MOST_PAIRS}`.execute(ctx.db);
  return rows;
}

async function householdsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('registry_member')
    .select(['resident_id', 'household_id'])
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', [...ids])
    .where('left_on', 'is', null)
    .where('merge_id', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.resident_id, row.household_id]));
}

/**
 * Two records side by side, whole: a clerk needs the purpose, the view is written down for both.
 * @throws AppError `registry.resident.not_found` (404), `registry.merge.same_record` (409)
 */
export async function comparePair(
  ctx: Ctx,
  firstId: string,
  secondId: string,
): Promise<Likeness & { first: Resident; second: Resident }> {
  allow(ctx, 'registry.duplicate.see', { kind: 'resident', id: firstId }, { beside: secondId });
  allow(ctx, 'registry.duplicate.see', { kind: 'resident', id: secondId }, { beside: firstId });
  if (!ctx.purpose) refuse('registry.purpose_needed');
  const first = mustExist(await findResidentRow(ctx, firstId), 'registry.resident');
  const second = mustExist(await findResidentRow(ctx, secondId), 'registry.resident');
  if (first.id === second.id) refuse('registry.merge.same_record', 409);
  const withHousehold = async (one: Resident) => ({
    ...one,
    householdId: (await membershipOf(ctx, one.id))?.householdId ?? null,
  });
  return { first, second, ...likeness(await withHousehold(first), await withHousehold(second)) };
}

export type DoneMerge = {
  id: string;
  kept: { id: string; name: string };
  mergedName: string;
  at: Date;
  undoneAt: Date | null;
};

/** Merges, the newest first. */
export async function listMerges(ctx: Ctx): Promise<DoneMerge[]> {
  allow(ctx, 'registry.duplicate.see', { kind: 'resident' }, { merges: true });
  const rows = await ctx.db
    .selectFrom('registry_merge as g')
    .innerJoin('registry_resident as k', (on) =>
      on.onRef('k.commune_id', '=', 'g.commune_id').onRef('k.id', '=', 'g.kept_id'),
    )
    .innerJoin('registry_resident as l', (on) =>
      on.onRef('l.commune_id', '=', 'g.commune_id').onRef('l.id', '=', 'g.merged_id'),
    )
    .leftJoin('registry_merge_undone as u', (on) =>
      on.onRef('u.commune_id', '=', 'g.commune_id').onRef('u.merge_id', '=', 'g.id'),
    )
    .select([
      'g.id',
      'g.kept_id',
      'g.merged_at',
      'k.full_name as kept',
      'l.full_name as merged',
      'u.undone_at',
    ])
    .where('g.commune_id', '=', ctx.commune.id)
    .orderBy('g.merged_at', 'desc')
    .orderBy('g.id', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kept: { id: row.kept_id, name: row.kept },
    mergedName: row.merged,
    at: row.merged_at,
    undoneAt: row.undone_at,
  }));
}
