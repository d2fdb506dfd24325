/** Households as other rooms point at them: by id, with number, hamlet and head; many at once. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { allow, hamletsWhere } from '#kernel/rights';
import { findResidentRow, thingOf } from '../resident.queries.ts';
import { findHousehold, membershipOf } from './record.ts';

export type HouseholdRef = {
  id: string;
  number: string;
  /** The number in the list that it came from; hamlets count theirs by it. */
  listNumber: string | null;
  hamletId: string;
  headName: string | null;
};

export type RefFilter = { ids?: readonly string[]; hamletId?: string };

/** Whether the commune has, or had, such a household; nothing of it is told. */
export async function isHousehold(ctx: Ctx, id: string): Promise<boolean> {
  allow(ctx, 'registry.resident.exists', { kind: 'household', id });
  return (await findHousehold(ctx, id)) !== undefined;
}

/** Households that exist today, by number. Who has the right in some hamlets finds theirs only. */
export async function householdRefs(ctx: Ctx, filter: RefFilter): Promise<HouseholdRef[]> {
  const hamlets = hamletsWhere(ctx, 'registry.household.list');
  const asked = filter.hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  allow(ctx, 'registry.household.list', { kind: 'household', hamlet_id: asked }, { refs: true });
  const ids = filter.ids?.filter(isId);
  if (ids?.length === 0 || (filter.hamletId !== undefined && !isId(filter.hamletId))) return [];
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
  if (ids) found = found.where(sql<boolean>`h.id = any(${ids}::uuid[])`);
  const rows = await found
    .select(['h.id', 'h.number', 'h.list_number', 'p.hamlet_id'])
    .orderBy('h.number')
    .execute();
  const heads = await headNames(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, number, list_number, hamlet_id }) => ({
    id,
    number,
    listNumber: list_number,
    hamletId: hamlet_id,
    headName: heads.get(id) ?? null,
  }));
}

async function headNames(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('registry_member as m')
    .innerJoin('registry_resident as r', (on) =>
      on.onRef('r.commune_id', '=', 'm.commune_id').onRef('r.id', '=', 'm.resident_id'),
    )
    .select(['m.household_id', 'r.full_name'])
    .where('m.commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`m.household_id = any(${ids}::uuid[])`)
    .where('m.relation', '=', 'head')
    .where('m.left_on', 'is', null)
    .where('m.merge_id', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.household_id, row.full_name]));
}

/** The household of whoever is signed in, where the sign-in is bound to a person of the register. */
export async function ownHousehold(ctx: Ctx): Promise<Omit<HouseholdRef, 'headName'> | null> {
  const residentId = ctx.actor.kind === 'person' ? ctx.actor.residentId : null;
  const resident = residentId === null ? undefined : await findResidentRow(ctx, residentId);
  allow(ctx, 'registry.resident.own', thingOf(ctx, residentId ?? undefined, resident));
  const membership = resident && (await membershipOf(ctx, resident.id));
  const household = membership && (await findHousehold(ctx, membership.householdId));
  if (!household) return null;
  const { id, number, listNumber, place } = household;
  return { id, number, listNumber, hamletId: place.hamletId };
}
