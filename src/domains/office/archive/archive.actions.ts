/** Archives and batches of scans: opened, filled, checked by a job, looked through by a person. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { enqueue } from '#kernel/events';
import { isId, newId } from '#kernel/ids';
import { checked, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import type { StoredFile } from '../file.actions.ts';
import { faultsOf, inNaturalOrder } from './scan.ts';
import { scansOf } from './scan.queries.ts';

export const ARCHIVE_KINDS = ['civil_status', 'documents', 'land', 'finance', 'policy', 'other'] as const;

const count = (code: string) => z.coerce.number(code).int(code).min(0, code).max(1_000_000, code);
const Year = z.coerce
  .number('office.archive.bad_year')
  .int('office.archive.bad_year')
  .min(1900, 'office.archive.bad_year')
  .max(2200, 'office.archive.bad_year');

export const ArchiveInput = z.object({
  name: line(200),
  kind: z.enum(ARCHIVE_KINDS),
  place: optional(line(200)).default(null),
  fromYear: Year,
  toYear: Year,
  expected: count('office.archive.bad_count'),
  retentionYears: optional(
    z.coerce
      .number('office.archive.bad_count')
      .int('office.archive.bad_count')
      .min(1, 'office.archive.bad_count')
      .max(100, 'office.archive.bad_count'),
  ).default(null),
  closed: z.boolean().default(false),
  note: optional(lines(1000)).default(null),
});
export type ArchiveInput = z.input<typeof ArchiveInput>;

/** A scan as the edge has stored it: with its pixels, where it is a picture. */
export type StoredScan = StoredFile & { width: number | null; height: number | null };

/** Pages of one batch: what a person still looks through. */
const MOST_SCANS = 2000;
/** What the job checks in one run; the rest waits for the next, so that progress is seen. */
const AT_ONCE = 100;
export const CHECK = 'office.batch.check';

/** Opens an archive to be digitised. @returns its id @throws AppError `input.invalid`, also for a name that is taken */
export async function openArchive(ctx: Ctx, input: ArchiveInput): Promise<string> {
  allow(ctx, 'office.archive.edit', { kind: 'archive' });
  const given = checked(ArchiveInput, input);
  if (given.toYear < given.fromYear) refuseField('toYear', 'office.archive.bad_year');
  const id = newId(ctx.now);
  const made = await ctx.db
    .insertInto('office_archive')
    .values({
      commune_id: ctx.commune.id,
      id,
      name: given.name,
      kind: given.kind,
      place: given.place,
      from_year: given.fromYear,
      to_year: given.toYear,
      expected: given.expected,
      retention_years: given.retentionYears,
      closed: given.closed,
      note: given.note,
      made_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) refuseField('name', 'office.archive.name_taken');
  return id;
}

/** Begins a batch. @returns its id @throws AppError `office.archive.not_found` */
export async function startBatch(ctx: Ctx, archiveId: string, name: string): Promise<string> {
  allow(ctx, 'office.archive.scan', { kind: 'archive', id: archiveId });
  const given = checked(z.object({ name: line(120) }), { name });
  const archive = isId(archiveId)
    ? await ctx.db
        .selectFrom('office_archive')
        .select('id')
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', archiveId)
        .executeTakeFirst()
    : undefined;
  mustExist(archive, 'office.archive');
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('office_batch')
    .values({
      commune_id: ctx.commune.id,
      id,
      archive_id: archiveId,
      name: given.name,
      state: 'open',
      made_at: ctx.now,
      made_by: actorId(ctx.actor),
    })
    .execute();
  return id;
}

/** Adds scans at the end of a batch; it must be checked anew. @throws AppError `office.batch.not_found`, `office.batch.too_many` */
export async function addScans(ctx: Ctx, batchId: string, scans: readonly StoredScan[]): Promise<void> {
  allow(ctx, 'office.archive.scan', { kind: 'batch', id: batchId }, { scans: scans.length });
  await lockBatch(ctx, batchId);
  if (scans.length === 0) return;
  const before = (await scansOf(ctx, batchId)).length;
  if (before + scans.length > MOST_SCANS) refuse('office.batch.too_many');
  await ctx.db
    .insertInto('office_scan')
    .values(
      scans.map((scan, at) => ({
        commune_id: ctx.commune.id,
        id: newId(ctx.now),
        batch_id: batchId,
        position: before + at + 1,
        name: scan.name.slice(0, 150),
        file_hash: scan.hash,
        media_type: scan.mediaType,
        size: scan.size,
        pages: scan.pages,
        width: scan.width,
        height: scan.height,
      })),
    )
    .execute();
  await setBatch(ctx, batchId, { state: 'open', checked: 0 });
}

/** Puts the scans in the order of their names and queues the check. @throws AppError `office.batch.not_found` */
export async function checkBatch(ctx: Ctx, batchId: string): Promise<void> {
  allow(ctx, 'office.archive.scan', { kind: 'batch', id: batchId }, { check: true });
  await lockBatch(ctx, batchId);
  const ordered = inNaturalOrder(await scansOf(ctx, batchId));
  for (const [at, { id }] of ordered.entries()) await setScan(ctx, id, { position: at + 1 });
  await setBatch(ctx, batchId, { state: 'checking', checked: 0 });
  await enqueue(ctx, CHECK, { batch: batchId }, { key: `${CHECK}:${batchId}` });
}

/** The job: looks through the next scans, then queues itself until all are done. A run that is repeated changes nothing. */
export async function runCheck(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  allow(ctx, 'office.archive.check', { kind: 'batch', id: String(data.batch) });
  const batch = await lockBatch(ctx, String(data.batch));
  if (batch.state !== 'checking') return;
  const scans = await scansOf(ctx, batch.id);
  const faults = faultsOf(scans);
  const next = scans.slice(batch.checked, batch.checked + AT_ONCE);
  for (const { id } of next) await setScan(ctx, id, { faults: faults.get(id) ?? [] });
  const done = batch.checked + next.length;
  const more = done < scans.length;
  await setBatch(ctx, batch.id, { checked: done, state: more ? 'checking' : 'checked' });
  if (more) await enqueue(ctx, CHECK, { batch: batch.id }, { key: `${CHECK}:${batch.id}` });
}

const Looked = z.object({
  scans: z.array(
    z.object({
      id: z.string().refine(isId, 'input.unknown'),
      position: z.coerce
        .number('office.batch.bad_position')
        .int('office.batch.bad_position')
        .min(1, 'office.batch.bad_position'),
      verdict: optional(z.enum(['good', 'redo'])).default(null),
    }),
  ),
});

/** What a person decided after looking: order and quality of each scan. @throws AppError `input.invalid`, `office.batch.not_found` */
export async function judgeScans(ctx: Ctx, batchId: string, input: z.input<typeof Looked>): Promise<void> {
  allow(ctx, 'office.archive.scan', { kind: 'batch', id: batchId }, { judged: input.scans.length });
  const given = checked(Looked, input);
  await lockBatch(ctx, batchId);
  const known = await scansOf(ctx, batchId);
  const wanted = new Map(given.scans.map((one) => [one.id, one]));
  const ordered = known.toSorted(
    (a, b) => (wanted.get(a.id)?.position ?? a.position) - (wanted.get(b.id)?.position ?? b.position),
  );
  for (const [at, { id }] of ordered.entries()) {
    const verdict = wanted.has(id) ? { verdict: wanted.get(id)!.verdict } : {};
    await setScan(ctx, id, { position: at + 1, ...verdict });
  }
}

async function lockBatch(ctx: Ctx, id: string) {
  const found = isId(id)
    ? await ctx.db
        .selectFrom('office_batch')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  return mustExist(found, 'office.batch');
}

async function setBatch(ctx: Ctx, id: string, columns: { state: string; checked: number }): Promise<void> {
  await ctx.db
    .updateTable('office_batch')
    .set(columns)
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

type ScanColumns = { position?: number; faults?: string[]; verdict?: string | null };

async function setScan(ctx: Ctx, id: string, columns: ScanColumns): Promise<void> {
  await ctx.db
    .updateTable('office_scan')
    .set(columns)
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}
