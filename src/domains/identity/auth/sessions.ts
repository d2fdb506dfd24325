/** Sessions as their owner sees them: which there are, and ending them. */
import type { Auth } from '../auth.server.ts';

export type OwnSession = {
  id: string;
  beganAt: Date;
  expiresAt: Date;
  userAgent: string;
  address: string;
  secondFactor: boolean;
};

/** The open sessions of an account, newest first. */
export async function listSessions(auth: Auth, userId: string, now: Date): Promise<OwnSession[]> {
  const { rows } = await auth.pool.query<OwnSession>(
    `select id, "createdAt" as "beganAt", "expiresAt", coalesce("userAgent", '') as "userAgent",
            coalesce("ipAddress", '') as address, coalesce("secondFactor", false) as "secondFactor"
     from auth.session where "userId" = $1 and "expiresAt" > $2 order by "createdAt" desc, id`,
    [userId, now],
  );
  return rows;
}

/** Ends one session by its token: sign-out, and the old session of a browser that signs in anew. */
export async function endSession(auth: Auth, token: string | null): Promise<void> {
  if (token) await auth.pool.query('delete from auth.session where token = $1', [token]);
}

/** Ends one of an account's sessions. @returns whether there was such a session */
export async function endOwnSession(auth: Auth, userId: string, sessionId: string): Promise<boolean> {
  const { rowCount } = await auth.pool.query('delete from auth.session where "userId" = $1 and id = $2', [
    userId,
    sessionId,
  ]);
  return rowCount === 1;
}

/** Signs out everywhere. */
export async function endAllSessions(auth: Auth, userId: string): Promise<void> {
  await auth.pool.query('delete from auth.session where "userId" = $1', [userId]);
}
