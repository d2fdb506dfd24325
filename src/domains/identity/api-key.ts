/** API keys: shown once, kept as a hash, bound to one commune and a set of roles. */
import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { allow, type Role } from '#kernel/rights';

/** Makes a key. @returns the key in clear: the only time it can be seen */
export async function createApiKey(
  ctx: Ctx,
  input: { name: string; roles: Role[]; validTo: Date | null },
): Promise<{ id: string; key: string }> {
  allow(ctx, 'identity.api_key.create', {}, { name: input.name, roles: input.roles });
  const key = `xa_${randomBytes(30).toString('base64url')}`;
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('identity_api_key')
    .values({
      commune_id: ctx.commune.id,
      id,
      name: input.name,
      key_hash: hashKey(key),
      roles: input.roles,
      created_at: ctx.now,
      valid_to: input.validTo,
    })
    .execute();
  return { id, key };
}

/** Ends a key from now on. */
export async function endApiKey(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'identity.api_key.end', { kind: 'api_key', id });
  const done = await ctx.db
    .updateTable('identity_api_key')
    .set({ ended_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new AppError('identity.api_key.not_found', 404);
}

/** The actor behind a key. @throws AppError `identity.api_key.unknown` (401): unknown, ended, expired or another commune's */
export async function actorOfKey(ctx: Ctx, key: string): Promise<Actor> {
  allow(ctx, 'identity.api_key.use');
  const row = await ctx.db
    .selectFrom('identity_api_key')
    .select(['id', 'name', 'roles', 'valid_to'])
    .where('commune_id', '=', ctx.commune.id)
    .where('key_hash', '=', hashKey(key))
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!row || (row.valid_to && row.valid_to <= ctx.now)) throw new AppError('identity.api_key.unknown', 401);
  return {
    kind: 'api',
    keyId: row.id,
    name: row.name,
    grants: row.roles.map((role) => ({ role, hamletId: null })),
  };
}

function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
