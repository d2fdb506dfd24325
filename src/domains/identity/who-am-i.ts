import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { allow, type Role } from '#kernel/rights';

/** The key that asks, as the API tells it. @throws AppError `sign_in_needed` (401) without a key */
export async function whoAmI(ctx: Ctx) {
  allow(ctx, 'identity.me.read');
  const { actor, commune } = ctx;
  if (actor.kind !== 'api') refuse('sign_in_needed', 401);
  return {
    kind: 'api_key' as const,
    id: actor.keyId,
    name: actor.name,
    roles: actor.grants.map(({ role }) => role as Role),
    commune: { slug: commune.slug, name: commune.name, agency_code: commune.agencyCode },
  };
}
