/**
 * One-time codes for phones: six digits, five minutes, at most five tries, one use. Stored as a keyed hash.
 * A code belongs to the browser that asked for it (its `request`), so nobody can use up or guess another's.
 */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type pg from 'pg';
import { refuse } from '#kernel/errors';
import { randomToken } from '#kernel/ids';

export const CODE_MINUTES = 5;
const TRIES = 5;

export type CodeStore = { pool: pg.Pool; secret: string };

/** Makes a code for a phone. @returns the code in clear (to be sent, never kept) and the request it belongs to */
export async function issueCode(
  store: CodeStore,
  phone: string,
  now: Date,
): Promise<{ request: string; code: string }> {
  const request = randomToken(18);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const expires = new Date(now.getTime() + CODE_MINUTES * 60_000);
  await store.pool.query('delete from auth.one_time_code where expires_at < $1', [
    new Date(now.getTime() - 3_600_000),
  ]);
  await store.pool.query(
    'insert into auth.one_time_code (request, phone, hash, expires_at) values ($1, $2, $3, $4)',
    [request, phone, hashOf(store, request, code), expires],
  );
  return { request, code };
}

/** The phone a request was made for, to show it again; null when the request is unknown or over. */
export async function phoneOfRequest(store: CodeStore, request: string, now: Date): Promise<string | null> {
  const { rows } = await store.pool.query<{ phone: string }>(
    'select phone from auth.one_time_code where request = $1 and used_at is null and expires_at > $2',
    [request, now],
  );
  return rows[0]?.phone ?? null;
}

/**
 * Counts a try and spends the code when it is right. The try is counted before the code is looked at, in one
 * statement, so that a thousand parallel guesses are still five.
 * @returns the phone that the code proves
 * @throws AppError `identity.code.wrong` (422), `identity.code.over` (410): expired, spent, tried too often or unknown
 */
export async function spendCode(store: CodeStore, request: string, code: string, now: Date): Promise<string> {
  const { rows } = await store.pool.query<{ phone: string; hash: Buffer; tries: number }>(
    `update auth.one_time_code set tries = tries + 1
     where request = $1 and used_at is null and expires_at > $2 and tries < ${TRIES} returning phone, hash, tries`,
    [request, now],
  );
  const found = rows[0];
  if (!found) refuse('identity.code.over', 410);
  if (!timingSafeEqual(found.hash, hashOf(store, request, code))) {
    if (found.tries >= TRIES) refuse('identity.code.over', 410);
    refuse('identity.code.wrong', 422, { left: TRIES - found.tries });
  }
  const spent = await store.pool.query(
    'update auth.one_time_code set used_at = $2 where request = $1 and used_at is null',
    [request, now],
  );
  if (spent.rowCount !== 1) refuse('identity.code.over', 410);
  return found.phone;
}

function hashOf(store: CodeStore, request: string, code: string): Buffer {
  return createHmac('sha256', store.secret).update(`one-time-code\0${request}\0${code}`).digest();
}
