import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, line, optional } from '#kernel/input';
import { allow } from '#kernel/rights';
import { slugOf, type Hamlet } from '../hamlet.ts';
import { getHamlet, listHamlets } from '../hamlet.queries.ts';
import { communeBox } from '../unit-catalogue.queries.ts';
import { readBoundaries } from './boundary.ts';

const Import = z.object({
  /** A GeoJSON FeatureCollection; each feature names its hamlet in `properties.name`. */
  text: z.string().min(1, 'input.missing').max(5_000_000, 'input.too_big'),
  source: line(300),
});

/**
 * Takes in boundaries of hamlets: all of the file or none. The ones that were before stay in the history.
 * @returns how many hamlets got a boundary
 * @throws AppError `commune.boundary.*` (422) naming the hamlet at fault; `input.invalid`
 */
export async function importBoundaries(ctx: Ctx, input: z.input<typeof Import>): Promise<number> {
  allow(ctx, 'commune.hamlet.edit', { kind: 'boundary' }, { source: input.source });
  const { text, source } = checked(Import, input);
  const boundaries = readBoundaries(text, await communeBox(ctx));
  const hamlets = await listHamlets(ctx);
  const rows = boundaries.map(({ name, shape }) => ({
    commune_id: ctx.commune.id,
    id: newId(ctx.now),
    hamlet_id: hamletCalled(hamlets, name),
    shape: JSON.stringify(shape),
    source,
    recorded_at: ctx.now,
    recorded_by: actorId(ctx.actor),
  }));
  if (new Set(rows.map(({ hamlet_id }) => hamlet_id)).size < rows.length) refuse('twice', {});
  await ctx.db.insertInto('commune_hamlet_boundary').values(rows).execute();
  return rows.length;
}

function hamletCalled(hamlets: readonly Hamlet[], name: string): string {
  const bare = (text: string) => slugOf(text).replace(/^(?:xom|thon|ban)-/, '');
  const found = hamlets.find((hamlet) => bare(hamlet.name) === bare(name));
  return found?.id ?? refuse('unknown_hamlet', { name });
}

function refuse(code: string, params: Record<string, string>): never {
  const full = `commune.boundary.${code}`;
  throw new AppError(full, 422, params, { file: full });
}

const Hall = z.object({ hall: optional(line(200)) });

/** Says where the hamlet meets; empty takes it away. @throws AppError `commune.hamlet.not_found` (404) */
export async function setHall(ctx: Ctx, id: string, input: z.input<typeof Hall>): Promise<void> {
  allow(ctx, 'commune.hamlet.edit', { kind: 'hamlet', id }, { hall: input.hall });
  const { hall } = checked(Hall, input);
  const hamlet = await getHamlet(ctx, id);
  await ctx.db
    .updateTable('commune_hamlet')
    .set({ hall })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', hamlet.id)
    .execute();
}
