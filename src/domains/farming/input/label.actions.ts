import { sql } from 'kysely';
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import type { FileHash } from '#kernel/files/store';
import { newId } from '#kernel/ids';
import { checked, line, optional } from '#kernel/input';
import { allow, may, type Thing } from '#kernel/rights';
import { counting, intervalsOf, picksInside } from '../diary/book.ts';
import { extended, lockLabels } from '../diary/reach.ts';
import { readBook, readLabels } from '../diary/read-book.queries.ts';
import { producersLookedAfter } from '../diary/writer.queries.ts';
import { LONGEST_PHI, type Labels } from '../gate/interval.ts';

const NewLabel = z.object({
  productCode: z.string().regex(/^[a-z0-9_]{2,40}$/, 'input.unknown'),
  /** Days from the last application to the harvest, as the label states. */
  phiDays: z.int().min(0, 'input.too_small').max(LONGEST_PHI, 'input.too_big'),
  dose: optional(line(200)).default(null),
});
export type NewLabel = z.input<typeof NewLabel>;

async function labelThing(ctx: Ctx): Promise<Thing> {
  const technician = (await producersLookedAfter(ctx)).size > 0;
  return { kind: 'label', owners: technician ? [actorId(ctx.actor)] : [] };
}

/** Whether the actor may record labels. */
export async function mayRecordLabels(ctx: Ctx): Promise<boolean> {
  allow(ctx, 'farming.product.see');
  return may(ctx, 'farming.label.record', await labelThing(ctx));
}

/** Asked before a photo is kept, so that whoever may not write leaves nothing behind. @throws AppError `refused` */
export async function openLabels(ctx: Ctx): Promise<void> {
  allow(ctx, 'farming.label.record', await labelThing(ctx));
}

/**
 * Writes down what the label of a product states, with its photo: from then on its interval is known. Where that
 * reaches picks written down before, `farming.interval.extended` names them. @returns its id
 */
export async function recordLabel(ctx: Ctx, input: NewLabel, photo: { hash: FileHash }): Promise<string> {
  allow(ctx, 'farming.label.record', await labelThing(ctx), { product: input.productCode });
  const given = checked(NewLabel, input);
  await lockLabels(ctx, 'alone');
  const before = await readLabels(ctx);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('farming_label')
    .values({
      commune_id: ctx.commune.id,
      id,
      product_code: given.productCode,
      phi_days: given.phiDays,
      dose: given.dose,
      photo_hash: photo.hash,
      recorded_at: ctx.now,
      recorded_by: actorId(ctx.actor),
      recorded_name: ctx.actor.kind === 'person' ? ctx.actor.name : actorId(ctx.actor),
    })
    .execute();
  await tellOfReach(ctx, given.productCode, before);
  return id;
}

/** Picks that lie inside because of the label, and did not before. */
async function tellOfReach(ctx: Ctx, productCode: string, before: Labels): Promise<void> {
  const from = new Date(ctx.now.getTime() - LONGEST_PHI * 86_400_000);
  const { rows } = await sql<{ plot_id: string }>`select distinct p.plot_id from farming_entry e
    join farming_entry_plot p on p.commune_id = e.commune_id and p.entry_id = e.id
    where e.commune_id = ${ctx.commune.id} and e.kind = 'spray' and e.happened_at >= ${from}
      and e.details->>'product_code' = ${productCode}`.execute(ctx.db);
  const book = await readBook(ctx, { plotIds: rows.map((row) => row.plot_id), from });
  for (const spray of counting(book, 'spray')) {
    if (spray.productCode !== productCode) continue;
    const known = new Set(picksInside(book, intervalsOf(spray, before)));
    const now = intervalsOf(spray, book.labels);
    if (picksInside(book, now).some((id) => !known.has(id))) await extended(ctx, book, now);
  }
}
