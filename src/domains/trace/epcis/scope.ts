/** Whose events an asker sees: all of the commune, a producer's own, or what is public. */
import { sql, type RawBuilder } from 'kysely';
import { producerOf, type Ctx } from '#kernel/context';
import { may } from '#kernel/rights';

/** `whole` tells whether a row is shown as it is; others show their public profile. */
export type Scope = { where: RawBuilder<unknown>; whole: (producerId: string | null) => boolean };

export function scopeOf(ctx: Ctx): Scope {
  const producer = producerOf(ctx.actor);
  if (producer !== null)
    return {
      where: sql`(e.producer_id = ${producer}::uuid or e.disclosed)`,
      whole: (owner) => owner === producer,
    };
  if (may(ctx, 'trace.event.read_all')) return { where: sql`true`, whole: () => true };
  return { where: sql`e.disclosed`, whole: () => false };
}
