/** From a session to who it is here and now: the person, the roles held in this commune, the resident bound to it. */
import { sql } from 'kysely';
import type { Actor, Ctx, Grant } from '#kernel/context';
import { allow } from '#kernel/rights';
import { formatPhone } from '#kernel/phone';
import { awakeSince } from './binding.ts';

/** The session behind a request, as its owner's account page shows it. */
export type Session = {
  id: string;
  email: string;
  /** Two factors were proved when it began; without that no role counts. */
  secondFactor: boolean;
  /** The person holds a role here that this session does not open. */
  rolesAsleep: boolean;
  expiresAt: Date;
};

export type SignedIn = { actor: Actor & { kind: 'person' }; session: Session };

type Row = {
  session_id: string;
  user_id: string;
  name: string;
  email: string;
  phone: string | null;
  second_factor: boolean;
  demo: boolean;
  expires_at: Date;
  grants: Grant[];
  resident_id: string | null;
};

/**
 * Who holds this session token, with the grants and the binding that are valid at `ctx.now` in `ctx.commune`.
 * Read afresh for every request, in one query: a role or a session that has ended counts no longer.
 * @param demoOpen whether demo accounts may be used (only where no real commune exists)
 * @returns null when the session is unknown or over
 */
export async function findSignedIn(ctx: Ctx, token: string, demoOpen: boolean): Promise<SignedIn | null> {
  allow(ctx, 'identity.session.read');
  const { rows } = await sql<Row>`
    select s.*,
      (select coalesce(json_agg(json_build_object('role', g.role, 'hamletId', g.hamlet_id) order by g.id), '[]')
       from identity_grant g
       where g.commune_id = ${ctx.commune.id} and g.user_id = s.user_id and g.ended_at is null
         and g.valid_from <= ${ctx.now} and (g.valid_to is null or g.valid_to > ${ctx.now})) as grants,
      (select b.resident_id from identity_binding b
       where b.commune_id = ${ctx.commune.id} and b.user_id = s.user_id and b.ended_at is null
         and b.confirmed_at > ${awakeSince(ctx.now)}) as resident_id
    from auth.session_of(${token}) s
    where s.expires_at > ${ctx.now}`.execute(ctx.db);
  const row = rows[0];
  if (!row || (row.demo && !demoOpen)) return null;
  return {
    actor: {
      kind: 'person',
      userId: row.user_id,
      // A citizen who has given no name yet is called by the number they proved.
      name: row.name || (row.phone ? formatPhone(row.phone) : row.email),
      phone: row.phone,
      residentId: row.resident_id,
      grants: row.second_factor ? row.grants : [],
    },
    session: {
      id: row.session_id,
      email: row.email,
      secondFactor: row.second_factor,
      rolesAsleep: !row.second_factor && row.grants.length > 0,
      expiresAt: row.expires_at,
    },
  };
}

/**
 * Who reads in a commune that has closed, with the roles that the person holds in its successor: those for the whole
 * commune only, since the successor's hamlets are not the ones of the old commune.
 */
export function withRolesOf(found: SignedIn, there: SignedIn | null): SignedIn {
  const more = there?.actor.grants.filter(({ hamletId }) => hamletId === null) ?? [];
  const rolesAsleep = found.session.rolesAsleep || (there?.session.rolesAsleep ?? false);
  return {
    actor: { ...found.actor, grants: [...found.actor.grants, ...more] },
    session: { ...found.session, rolesAsleep },
  };
}
