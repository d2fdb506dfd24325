/** What the owner of an account may change by himself. */
import { AppError, refuse } from '#kernel/errors';
import { cleanLine } from '#kernel/text';
import type { Auth } from '../auth.server.ts';
import { sessionTokenIn } from './cookies.ts';
import { take } from './limits.ts';
import { checkPassword } from './password.ts';
import { trying, type Visitor } from './staff-door.ts';

/**
 * The name a citizen goes by. An official's name is the administrator's business: it stands on papers.
 * @throws AppError `identity.name.missing` (422), `identity.name.fixed` (403)
 */
export async function renameCitizen(auth: Auth, userId: string, typed: string): Promise<void> {
  const name = cleanLine(typed).slice(0, 120);
  if (!/^[\p{L}\p{M}][\p{L}\p{M}'’. -]*$/u.test(name)) refuse('identity.name.missing', 422);
  const { rowCount } = await auth.pool.query(
    `update auth."user" set name = $2, "updatedAt" = now() where id = $1 and "homeCommune" is null`,
    [userId, name],
  );
  if (rowCount !== 1) refuse('identity.name.fixed', 403);
}

/**
 * Changes an official's password; the other sessions of the account end.
 * @param about words that must not make up the password
 * @throws AppError `identity.password.*` (422), `identity.password.wrong` (422), `too_many_requests` (429)
 */
export async function changePassword(
  auth: Auth,
  input: { current: string; next: string; about: readonly string[] },
  visitor: Visitor,
): Promise<void> {
  const token = sessionTokenIn(visitor.headers, auth.secret) ?? '';
  await take(auth.limits.triesPerAddress, visitor.address);
  await take(auth.limits.secretsPerSession, token);
  const newPassword = checkPassword(input.next, input.about);
  const currentPassword = input.current.normalize('NFC').slice(0, 128);
  const { user } = await trying(
    () => auth.api.changePassword({ body: { currentPassword, newPassword }, headers: visitor.headers }),
    () => new AppError('identity.password.wrong', 422),
  );
  await auth.pool.query('delete from auth.session where "userId" = $1 and token <> $2', [user.id, token]);
}

/** The identity providers linked to an account. */
export async function linkedProviders(auth: Auth, userId: string): Promise<string[]> {
  const { rows } = await auth.pool.query<{ provider: string }>(
    `select "providerId" as provider from auth.account where "userId" = $1 and "providerId" <> 'credential' order by 1`,
    [userId],
  );
  return rows.map(({ provider }) => provider);
}

/** The machine behind a session, in the words its owner uses: `Chrome, Android`. */
export function deviceOf(userAgent: string): string {
  const browsers: [RegExp, string][] = [
    [/Zalo/i, 'Zalo'],
    [/Edg\//, 'Edge'],
    [/coc_coc/i, 'Cốc Cốc'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ];
  const systems: [RegExp, string][] = [
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iPhone/iPad'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ];
  const find = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1];
  return [find(browsers), find(systems)].filter(Boolean).join(', ') || '?';
}
