/** API keys: shown once, kept as a hash, bound to one commune and a set of roles. */
import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Ctx } from '#kernel/context';
import { AppError, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { cleanLine } from '#kernel/text';
import { asRole, checkScope } from './grant.ts';

export type NewApiKey = {
  name: string;
  roles: readonly string[];
  validTo: Date | null;
  /** Makes it that producer's key, without roles. */
  producerId?: string | null;
};

/**
 * Makes a key: with roles, or for a producer without any. @returns the key in clear: the only time it can be seen
 * @throws AppError `identity.name.missing`, `identity.api_key.roles_missing`, `identity.role.unknown`,
 *   `identity.grant.term` (422)
 */
export async function createApiKey(ctx: Ctx, input: NewApiKey): Promise<{ id: string; key: string }> {
  allow(ctx, 'identity.api_key.create', {}, { name: input.name, roles: input.roles });
  const name = cleanLine(input.name).slice(0, 120);
  if (name === '') refuse('identity.name.missing', 422);
  const roles = [...new Set(input.roles.map(asRole))];
  const producerId = input.producerId ?? null;
  if ((roles.length === 0) !== (producerId !== null)) refuse('identity.api_key.roles_missing', 422);
  // A key acts in the whole commune: the head of a hamlet cannot be a program.
  for (const role of roles) checkScope(role, null);
  if (input.validTo !== null && input.validTo <= ctx.now) refuse('identity.grant.term', 422);
  const key = `xa_${randomBytes(30).toString('base64url')}`;
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('identity_api_key')
    .values({
      commune_id: ctx.commune.id,
      id,
      name,
      key_hash: hashKey(key),
      roles,
      created_at: ctx.now,
      valid_to: input.validTo,
      producer_id: producerId,
    })
    .execute();
  return { id, key };
}

/** Ends a key from now on. */
export async function endApiKey(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'identity.api_key.end', { kind: 'api_key', id });
  if (!isId(id)) throw new AppError('identity.api_key.not_found', 404);
  const done = await ctx.db
    .updateTable('identity_api_key')
    .set({ ended_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new AppError('identity.api_key.not_found', 404);
}

export type ApiKey = {
  id: string;
  name: string;
  roles: string[];
  createdAt: Date;
  validTo: Date | null;
  endedAt: Date | null;
};

/** The commune's keys, newest first, ended ones too; never the keys themselves. */
export async function listApiKeys(ctx: Ctx): Promise<ApiKey[]> {
  allow(ctx, 'identity.api_key.read');
  return ctx.db
    .selectFrom('identity_api_key')
    .select(['id', 'name', 'roles', 'created_at as createdAt', 'valid_to as validTo', 'ended_at as endedAt'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** The actor behind a key. @throws AppError `identity.api_key.unknown` (401): unknown, ended, expired or another commune's */
export async function actorOfKey(ctx: Ctx, key: string): Promise<Actor> {
  allow(ctx, 'identity.api_key.use');
  const row = await ctx.db
    .selectFrom('identity_api_key')
    .select(['id', 'name', 'roles', 'valid_to', 'producer_id'])
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
    producerId: row.producer_id,
  };
}

function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
