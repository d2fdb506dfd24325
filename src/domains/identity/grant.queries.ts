import { sql, type Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { allow, type Role } from '#kernel/rights';
import type { IdentityGrant } from '#kernel/schema';
import { words } from '#kernel/text';
import type { RoleGrant } from './grant.ts';

export type GrantFilter = {
  /** Words of the holder's name, in any order, accents not needed. */
  q?: string | undefined;
  role?: Role | undefined;
  hamletId?: string | undefined;
  /** Also grants that are over; only valid and coming ones unless told. */
  over?: boolean | undefined;
  offset?: number;
  limit?: number;
};

/** Who holds which role, newest first. */
export async function listGrants(
  ctx: Ctx,
  filter: GrantFilter = {},
): Promise<{ items: RoleGrant[]; total: number }> {
  allow(ctx, 'identity.grant.read');
  let found = ctx.db.selectFrom('identity_grant').where('commune_id', '=', ctx.commune.id);
  if (filter.role) found = found.where('role', '=', filter.role);
  if (filter.hamletId) found = found.where('hamlet_id', '=', isId(filter.hamletId) ? filter.hamletId : null);
  if (!filter.over) {
    found = found
      .where('ended_at', 'is', null)
      .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', ctx.now)]));
  }
  for (const word of words(filter.q?.slice(0, 200) ?? ''))
    found = found.where(sql<string>`' ' || lower(unaccent(user_name))`, 'like', `% ${word}%`);
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .selectAll()
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc')
    .offset(filter.offset ?? 0)
    .limit(filter.limit ?? 50)
    .execute();
  return { items: rows.map(grantOf), total: Number(total) };
}

/** Without a right of its own: for the room's verbs. */
export async function findGrant(ctx: Ctx, id: string): Promise<RoleGrant | undefined> {
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('identity_grant')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && grantOf(row);
}

/** Giving and ending roles of one commune happen one after the other, so that two administrators cannot end each other. */
export async function lockGrants(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(720010, ${ctx.commune.id})`.execute(ctx.db);
}

/** Whether somebody else is administrator of the whole commune now. */
export async function hasOtherAdmin(ctx: Ctx, userId: string): Promise<boolean> {
  const other = await ctx.db
    .selectFrom('identity_grant')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('role', '=', 'admin')
    .where('user_id', '<>', userId)
    .where('ended_at', 'is', null)
    .where('valid_from', '<=', ctx.now)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', ctx.now)]))
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/** Whether the account holds the same role in the same place at some moment of the term. */
export async function hasSameGrant(
  ctx: Ctx,
  grant: Pick<RoleGrant, 'userId' | 'role' | 'hamletId' | 'validFrom' | 'validTo'>,
): Promise<boolean> {
  let same = ctx.db
    .selectFrom('identity_grant')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', grant.userId)
    .where('role', '=', grant.role)
    .where('hamlet_id', 'is not distinct from', grant.hamletId)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', grant.validFrom)]))
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', grant.validFrom)]));
  if (grant.validTo) same = same.where('valid_from', '<', grant.validTo);
  return (await same.limit(1).executeTakeFirst()) !== undefined;
}

function grantOf(row: Selectable<IdentityGrant>): RoleGrant {
  return {
    id: row.id,
    userId: row.user_id,
    userName: row.user_name,
    role: row.role as Role,
    hamletId: row.hamlet_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    grantedBy: row.granted_by,
    endedAt: row.ended_at,
  };
}
