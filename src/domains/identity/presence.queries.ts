/** On which days accounts signed in; for figures about real use, never about one person's hours. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';

/** Notes that an account signed in today. Without a right of its own: the door has asked. */
export async function notePresence(ctx: Ctx, userId: string): Promise<void> {
  await ctx.db
    .insertInto('identity_presence')
    .values({ commune_id: ctx.commune.id, user_id: userId, day: localDateOf(ctx.now) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The last day of a span, both ends included, on which each account signed in; accounts that did not are left out. */
export async function lastSignIns(
  ctx: Ctx,
  span: { from: LocalDate; to: LocalDate },
): Promise<ReadonlyMap<string, LocalDate>> {
  allow(ctx, 'identity.presence.read');
  const rows = await ctx.db
    .selectFrom('identity_presence')
    .select('user_id')
    .select((q) => q.fn.max('day').as('day'))
    .where('commune_id', '=', ctx.commune.id)
    .where('day', '>=', span.from)
    .where('day', '<=', span.to)
    .groupBy('user_id')
    .execute();
  return new Map(rows.map(({ user_id, day }) => [user_id, localDate(day)]));
}
