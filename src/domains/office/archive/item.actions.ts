/** The index of the archives: pieces made of the pages of a batch. */
import { z } from 'zod';
import { findHamlet } from '#domain/commune';
import { getResident } from '#domain/registry';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import { indexWords } from '../word.ts';
import { scansOf } from './scan.queries.ts';

const Place = z.coerce
  .number('office.batch.bad_position')
  .int('office.batch.bad_position')
  .min(1, 'office.batch.bad_position');

export const ItemInput = z.object({
  /** What it is, such as "Sổ đăng ký khai sinh" or "Quyết định". */
  kind: line(120),
  number: optional(line(60)).default(null),
  year: z.coerce
    .number('office.archive.bad_year')
    .int('office.archive.bad_year')
    .min(1900, 'office.archive.bad_year')
    .max(2200, 'office.archive.bad_year'),
  title: line(300),
  person: optional(line(120)).default(null),
  hamletId: optional(Id).default(null),
  residentId: optional(Id).default(null),
  dossierCode: optional(line(60)).default(null),
  /** The pages of the batch that it is made of. */
  from: Place,
  to: Place,
});
export type ItemInput = z.input<typeof ItemInput>;

/**
 * Indexes a piece made of the pages `from` to `to` of a batch. @returns its id
 * @throws AppError `input.invalid`: pages that are not there, not looked at, to be scanned anew, or another piece's
 */
export async function indexItem(ctx: Ctx, batchId: string, input: ItemInput): Promise<string> {
  allow(ctx, 'office.archive.index', { kind: 'batch', id: batchId });
  const { from, to, ...given } = checked(ItemInput, input);
  if (to < from) refuseField('to', 'office.batch.bad_position');
  const archive = await archiveOfBatch(ctx, batchId);
  const scans = (await scansOf(ctx, batchId)).filter((one) => from <= one.position && one.position <= to);
  if (scans.length !== to - from + 1) refuseField('to', 'office.batch.no_such_page');
  if (scans.some((one) => one.item_id !== null)) refuseField('from', 'office.batch.page_taken');
  if (scans.some((one) => one.verdict !== 'good')) refuseField('from', 'office.batch.page_not_good');
  if (given.hamletId && !(await findHamlet(ctx, given.hamletId))) refuseField('hamletId', 'input.unknown');
  if (given.residentId) await getResident(ctx, given.residentId);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('office_item')
    .values({
      commune_id: ctx.commune.id,
      id,
      archive_id: archive.id,
      kind: given.kind,
      number: given.number,
      year: given.year,
      title: given.title,
      person: given.person,
      hamlet_id: given.hamletId,
      resident_id: given.residentId,
      dossier_code: given.dossierCode,
      keep_until: keepUntil(given.year, archive.retention_years),
      made_at: ctx.now,
      made_by: actorId(ctx.actor),
    })
    .execute();
  await ctx.db
    .updateTable('office_scan')
    .set({ item_id: id })
    .where('commune_id', '=', ctx.commune.id)
    .where(
      'id',
      'in',
      scans.map((one) => one.id),
    )
    .execute();
  const { kind, number, year, title, person, dossierCode } = given;
  await indexWords(ctx, id, [kind, number, year, title, person, dossierCode]);
  return id;
}

/** The last day on which a piece must be kept: the end of its year and the years of the archive's rule. */
export function keepUntil(year: number, years: number | null): LocalDate | null {
  return years === null ? null : localDate(`${year + years}-12-31`);
}

async function archiveOfBatch(ctx: Ctx, batchId: string) {
  const row = isId(batchId)
    ? await ctx.db
        .selectFrom('office_batch as b')
        .innerJoin('office_archive as a', (join) =>
          join.onRef('a.commune_id', '=', 'b.commune_id').onRef('a.id', '=', 'b.archive_id'),
        )
        .select(['a.id', 'a.retention_years', 'b.state'])
        .where('b.commune_id', '=', ctx.commune.id)
        .where('b.id', '=', batchId)
        .forUpdate('b')
        .executeTakeFirst()
    : undefined;
  const archive = mustExist(row, 'office.batch');
  if (archive.state !== 'checked') refuse('office.batch.not_checked', 409);
  return archive;
}
