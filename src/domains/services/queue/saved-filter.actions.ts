/** Work queues under names of their user's own: a saved filter is an address, so it can also be bookmarked. */
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { cleanLine, lengthOf } from '#kernel/text';
import { addressOf, readQueue } from './address.ts';

export type SavedFilter = { id: string; name: string; query: string };

const MOST = 30;
const LONGEST_NAME = 60;

/**
 * Keeps the filters of an address under a name; the same name again replaces what it held. What is no filter
 * of the queue falls away.
 * @throws AppError `input.invalid`, `services.filter.too_many` (409)
 */
export async function saveFilter(ctx: Ctx, given: { name: string; query: string }): Promise<SavedFilter> {
  allow(ctx, 'services.filter.use');
  const name = cleanLine(given.name);
  if (name === '' || lengthOf(name) > LONGEST_NAME) refuse('services.filter.bad_name');
  const query = addressOf({ ...readQueue(new URLSearchParams(given.query)), page: 1 });
  const before = await listFilters(ctx);
  if (before.length >= MOST && !before.some((one) => one.name === name))
    refuse('services.filter.too_many', 409);
  const row = await ctx.db
    .insertInto('services_saved_filter')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      user_id: actorId(ctx.actor),
      name,
      query,
      created_at: ctx.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['commune_id', 'user_id', 'name']).doUpdateSet({ query, created_at: ctx.now }),
    )
    .returning(['id', 'name', 'query'])
    .executeTakeFirstOrThrow();
  return row;
}

/** The actor's own filters, by name. */
export async function listFilters(ctx: Ctx): Promise<SavedFilter[]> {
  allow(ctx, 'services.filter.use');
  return ctx.db
    .selectFrom('services_saved_filter')
    .select(['id', 'name', 'query'])
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', actorId(ctx.actor))
    .orderBy('name')
    .execute();
}

/** Takes away one of the actor's own. @throws AppError `services.filter.not_found` (404) */
export async function removeFilter(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'services.filter.use', { kind: 'filter', id });
  const gone = isId(id)
    ? await ctx.db
        .deleteFrom('services_saved_filter')
        .where('commune_id', '=', ctx.commune.id)
        .where('user_id', '=', actorId(ctx.actor))
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst()
    : undefined;
  mustExist(gone, 'services.filter');
}
