/** What officials and inspectors say about an indicator, beside its signatures. Only ever added to. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, lines } from '#kernel/input';
import { allow } from '#kernel/rights';
import { lineNow, type Place } from '../values/line.ts';

type Line = Pick<Place, 'set' | 'indicator'>;
export type Comment = { id: string; body: string; author: string; at: Date };

/**
 * Writes a comment under an indicator in the name of whoever is signed in. @returns its id
 * @throws AppError `criteria.indicator.not_found`, `criteria.assessment.needs_person` (403)
 */
export async function commentIndicator(ctx: Ctx, place: Line, input: { body: string }): Promise<string> {
  const { set, indicator } = place;
  allow(ctx, 'criteria.comment.write', { kind: 'criteria_indicator', id: `${set}/${indicator}` });
  const { body } = checked(z.object({ body: lines(2000) }), input);
  if (ctx.actor.kind !== 'person') throw new AppError('criteria.assessment.needs_person', 403);
  await lineNow(ctx, place);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_comment')
    .values({
      commune_id: ctx.commune.id,
      id,
      set_code: set,
      indicator,
      body,
      author: actorId(ctx.actor),
      author_name: ctx.actor.name,
      written_at: ctx.now,
    })
    .execute();
  return id;
}

/** The comments under an indicator, the oldest first. */
export async function commentsOf(ctx: Ctx, { set, indicator }: Line): Promise<Comment[]> {
  allow(ctx, 'criteria.board.work');
  const rows = await ctx.db
    .selectFrom('criteria_comment')
    .select(['id', 'body', 'author_name', 'written_at'])
    .where('commune_id', '=', ctx.commune.id)
    .where('set_code', '=', set)
    .where('indicator', '=', indicator)
    .orderBy('written_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: row.id, body: row.body, author: row.author_name, at: row.written_at }));
}
