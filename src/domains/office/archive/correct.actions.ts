/** An entry of the index is corrected: what it said before is kept, with who changed it and why. */
import { z } from 'zod';
import { findHamlet } from '#domain/commune';
import { getResident } from '#domain/registry';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { checked, lines, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { indexWords } from '../word.ts';
import { ItemInput, keepUntil } from './item.actions.ts';

export const Correction = ItemInput.omit({ from: true, to: true }).extend({ reason: lines(500) });
export type Correction = z.input<typeof Correction>;

/** What an entry says, as corrections keep it. */
export type ItemWords = Omit<z.output<typeof Correction>, 'reason'>;

/**
 * Corrects an entry; one that says the same changes nothing. @param seen the version that the form was opened with
 * @throws AppError `office.item.not_found`, `office.item.changed_meanwhile` (409), `input.invalid`, `refused` for a
 *   piece of a restricted archive
 */
export async function correctItem(ctx: Ctx, id: string, input: Correction, seen: number): Promise<void> {
  allow(ctx, 'office.archive.index', { kind: 'archive_item', id }, { corrected: true });
  const item = await lockItem(ctx, id);
  if (item.closed) allow(ctx, 'office.archive.view_closed', { kind: 'archive_item', id });
  const { reason, ...after } = checked(Correction, input);
  if (item.version !== seen) refuse('office.item.changed_meanwhile', 409);
  const before = wordsOf(item);
  if (JSON.stringify(before) === JSON.stringify(wordsOf(columnsOf(after)))) return;
  if (after.hamletId && !(await findHamlet(ctx, after.hamletId))) refuseField('hamletId', 'input.unknown');
  if (after.residentId && after.residentId !== before.residentId) await getResident(ctx, after.residentId);
  await ctx.db
    .insertInto('office_item_change')
    .values({
      commune_id: ctx.commune.id,
      item_id: id,
      version: seen + 1,
      at: ctx.now,
      actor_id: actorId(ctx.actor),
      reason,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
    })
    .execute();
  await ctx.db
    .updateTable('office_item')
    .set({
      ...columnsOf(after),
      keep_until: keepUntil(after.year, item.retention_years),
      version: seen + 1,
    })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  const { kind, number, year, title, person, dossierCode } = after;
  await indexWords(ctx, id, [kind, number, year, title, person, dossierCode]);
}

async function lockItem(ctx: Ctx, id: string) {
  const row = isId(id)
    ? await ctx.db
        .selectFrom('office_item as i')
        .innerJoin('office_archive as a', (join) =>
          join.onRef('a.commune_id', '=', 'i.commune_id').onRef('a.id', '=', 'i.archive_id'),
        )
        .selectAll('i')
        .select(['a.closed', 'a.retention_years'])
        .where('i.commune_id', '=', ctx.commune.id)
        .where('i.id', '=', id)
        .forUpdate('i')
        .executeTakeFirst()
    : undefined;
  return mustExist(row, 'office.item');
}

function columnsOf(words: ItemWords) {
  return {
    kind: words.kind,
    number: words.number,
    year: words.year,
    title: words.title,
    person: words.person,
    hamlet_id: words.hamletId,
    resident_id: words.residentId,
    dossier_code: words.dossierCode,
  };
}

/** A row as words, always in the same order. */
export function wordsOf(row: ReturnType<typeof columnsOf>): ItemWords {
  return {
    kind: row.kind,
    number: row.number,
    year: row.year,
    title: row.title,
    person: row.person,
    hamletId: row.hamlet_id,
    residentId: row.resident_id,
    dossierCode: row.dossier_code,
  };
}
