import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { addDays, localDateOf } from '#kernel/time';
import { slugOf, type Hamlet } from './hamlet.ts';
import { getHamlet, listHamlets } from './hamlet.queries.ts';

export const NewHamlet = z.object({
  name: line(80),
  /** The name is a stand-in of the demo, not an official one. */
  demoName: z.boolean().default(false),
  /** Place in the commune's own order; at the end unless told. */
  position: z.int().min(0).max(10_000).optional(),
  validFrom: optional(Day).optional(),
});
export type NewHamlet = z.input<typeof NewHamlet>;

/** Adds a hamlet. @returns its id @throws AppError `commune.hamlet.name_taken` (409) */
export async function addHamlet(ctx: Ctx, input: NewHamlet): Promise<string> {
  allow(ctx, 'commune.hamlet.edit', { kind: 'hamlet' }, { name: input.name });
  const given = checked(NewHamlet, input);
  const all = await listHamlets(ctx, { on: 'ever' });
  refuseTaken(all, given.name);
  const id = newId(ctx.now);
  const position = given.position ?? Math.max(0, ...all.map((hamlet) => hamlet.position)) + 1;
  await ctx.db
    .insertInto('commune_hamlet')
    .values({
      commune_id: ctx.commune.id,
      id,
      slug: freeSlug(all, given.name),
      name: given.name,
      demo_name: given.demoName,
      position,
      valid_from: given.validFrom ?? null,
    })
    .execute();
  return id;
}

const Renaming = z.object({ name: line(80), from: optional(Day).optional() });

/**
 * Gives a hamlet another name from a day on (today unless told); the old one is kept for old papers.
 * @throws AppError `commune.hamlet.not_found`, `commune.hamlet.name_taken`
 */
export async function renameHamlet(ctx: Ctx, id: string, input: z.input<typeof Renaming>): Promise<void> {
  allow(ctx, 'commune.hamlet.edit', { kind: 'hamlet', id }, { name: input.name });
  const { name, from } = checked(Renaming, input);
  const hamlet = await getHamlet(ctx, id);
  if (hamlet.name === name) return;
  refuseTaken(await listHamlets(ctx, { on: 'ever' }), name, hamlet.id);
  await ctx.db
    .insertInto('commune_hamlet_name')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      hamlet_id: hamlet.id,
      name: hamlet.name,
      valid_to: addDays(from ?? localDateOf(ctx.now), -1),
    })
    .execute();
  await ctx.db
    .updateTable('commune_hamlet')
    .set({ name, demo_name: false })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', hamlet.id)
    .execute();
}

const Ending = z.object({ lastDay: Day, successorId: optional(Id).optional() });

/**
 * Ends a hamlet, as when two become one. People and papers that name it keep it.
 * @throws AppError `commune.hamlet.not_found`, `commune.hamlet.ended` (409); `input.invalid` for an impossible successor
 */
export async function endHamlet(ctx: Ctx, id: string, input: z.input<typeof Ending>): Promise<void> {
  allow(ctx, 'commune.hamlet.edit', { kind: 'hamlet', id }, { ended: input.lastDay });
  const { lastDay, successorId } = checked(Ending, input);
  const hamlet = await getHamlet(ctx, id);
  if (hamlet.validTo !== null) throw new AppError('commune.hamlet.ended', 409);
  if (hamlet.validFrom !== null && lastDay < hamlet.validFrom) refuseField('lastDay', 'input.out_of_range');
  if (successorId) await refuseBadSuccessor(ctx, hamlet, successorId);
  await ctx.db
    .updateTable('commune_hamlet')
    .set({ valid_to: lastDay, successor_id: successorId ?? null })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', hamlet.id)
    .execute();
}

async function refuseBadSuccessor(ctx: Ctx, hamlet: Hamlet, successorId: string): Promise<void> {
  const others = await listHamlets(ctx, { on: 'ever' });
  const successor = others.find((one) => one.id === successorId && one.id !== hamlet.id);
  if (!successor || successor.validTo !== null) refuseField('successorId', 'input.unknown');
}

function refuseTaken(all: readonly Hamlet[], name: string, except?: string): void {
  const taken = all.some(
    (one) => one.id !== except && one.validTo === null && slugOf(one.name) === slugOf(name),
  );
  if (taken) throw new AppError('commune.hamlet.name_taken', 409, {}, { name: 'commune.hamlet.name_taken' });
}

function freeSlug(all: readonly Hamlet[], name: string): string {
  const slug = slugOf(name);
  const taken = new Set(all.map((hamlet) => hamlet.slug));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
