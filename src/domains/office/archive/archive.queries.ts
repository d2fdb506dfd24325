/** What is done and what remains of each archive; batches with their scans; the index. */
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow, may } from '#kernel/rights';
import { askedIds } from '../asked.ts';
import { scansOf } from './scan.queries.ts';

/** An archive with how far it is. */
export type ArchiveRow = Awaited<ReturnType<typeof listArchives>>[number];

/** Every archive, with the pages scanned and the pieces indexed. */
export async function listArchives(ctx: Ctx) {
  allow(ctx, 'office.archive.list');
  const rows = await archives(ctx).orderBy('name').execute();
  return rows.map((row) => ({ ...row, scans: Number(row.scans), items: Number(row.items) }));
}

/** Opens the form of a new archive. */
export async function openArchiveForm(ctx: Ctx): Promise<void> {
  allow(ctx, 'office.form.open');
}

/** One archive with its batches. @throws AppError `office.archive.not_found` (404) */
export async function getArchive(ctx: Ctx, id: string) {
  allow(ctx, 'office.archive.list');
  const row = isId(id) ? await archives(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  const archive = mustExist(row, 'office.archive');
  const batches = await batchesOf(ctx).where('archive_id', '=', id).orderBy('made_at', 'desc').execute();
  return {
    ...archive,
    scans: Number(archive.scans),
    items: Number(archive.items),
    batches: batches.map((batch) => ({
      ...batch,
      total: Number(batch.total),
      indexed: Number(batch.indexed),
    })),
  };
}

/** One batch with its scans in order. @throws AppError `office.batch.not_found` (404) */
export async function getBatch(ctx: Ctx, id: string) {
  allow(ctx, 'office.archive.list');
  const row = isId(id) ? await batchesOf(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  const batch = mustExist(row, 'office.batch');
  return { ...batch, total: Number(batch.total), scans: await scansOf(ctx, id) };
}

/** One line of the index. */
export type ItemRow = Awaited<ReturnType<typeof readItems>>['rows'][number];

export type ItemFilter = {
  search?: string | undefined;
  archive?: string | undefined;
  year?: number | undefined;
  hamlet?: string | undefined;
  /** Pieces that belong to that resident of the register. */
  resident?: string | undefined;
  offset: number;
  limit: number;
};

/** The index of the archives, newest year first. Pieces of closed archives are left out for who may not open them. */
export async function listItems(ctx: Ctx, filter: ItemFilter) {
  allow(ctx, 'office.archive.list');
  return readItems(ctx, filter);
}

/** The same as a whole for a spreadsheet; each reading is written to the audit record. */
export async function exportItems(ctx: Ctx, filter: ItemFilter) {
  allow(ctx, 'office.archive.export', { kind: 'archive', id: filter.archive ?? 'all' });
  return (await readItems(ctx, { ...filter, offset: 0, limit: 20_000 })).rows;
}

async function readItems(ctx: Ctx, filter: ItemFilter) {
  const { total } = await found(ctx, filter)
    .select((q) => q.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found(ctx, filter)
    .selectAll('i')
    .select('a.name as archive')
    .orderBy('i.year', 'desc')
    .orderBy('i.number')
    .orderBy('i.id')
    .offset(filter.offset)
    .limit(filter.limit)
    .execute();
  return { total: Number(total), rows };
}

/**
 * One piece with its pages; every view is written to the audit record.
 * @throws AppError `office.item.not_found` (404), `refused` for a piece of a closed archive
 */
export async function viewItem(ctx: Ctx, id: string) {
  allow(ctx, 'office.archive.view_item', { kind: 'archive_item', id });
  const row = isId(id)
    ? await items(ctx)
        .selectAll('i')
        .select(['a.name as archive', 'a.closed'])
        .where('i.id', '=', id)
        .executeTakeFirst()
    : undefined;
  const item = mustExist(row, 'office.item');
  if (item.closed) allow(ctx, 'office.archive.view_closed', { kind: 'archive_item', id });
  const scans = await ctx.db
    .selectFrom('office_scan')
    .select(['id', 'position', 'name', 'file_hash as hash', 'media_type', 'size'])
    .where('commune_id', '=', ctx.commune.id)
    .where('item_id', '=', id)
    .orderBy('position')
    .execute();
  const changes = await ctx.db
    .selectFrom('office_item_change')
    .select(['version', 'at', 'actor_id', 'reason', 'before', 'after'])
    .where('commune_id', '=', ctx.commune.id)
    .where('item_id', '=', id)
    .orderBy('version')
    .execute();
  return { ...item, scans, changes };
}

/**
 * The pieces of the archives that belong to a dossier, newest year first; none for who may not look
 * into the archives, and none of a restricted archive for who may not open it.
 */
export async function piecesOf(ctx: Ctx, { dossier }: { dossier: string }): Promise<PieceLink[]> {
  if (!may(ctx, 'office.archive.list')) return [];
  allow(ctx, 'office.archive.list');
  const rows = await found(ctx, { offset: 0, limit: 50 })
    .where('i.dossier_code', '=', dossier)
    .select(['i.id', 'i.title', 'i.kind', 'i.year', 'a.name as archive'])
    .orderBy('i.year', 'desc')
    .limit(50)
    .execute();
  return rows.map(({ id, title, kind, year, archive }) => ({
    id,
    href: localizeHref(`/office/staff/archives/items/${id}`),
    title,
    about: `${kind}, ${year}. ${archive}`,
  }));
}

/** A piece as other rooms' pages list it. */
export type PieceLink = { id: string; href: string; title: string; about: string };

/** A scan of a batch, for whoever digitises. @throws AppError `office.batch.not_found` (404) */
export async function openScan(ctx: Ctx, batchId: string, id: string) {
  allow(ctx, 'office.archive.scan', { kind: 'scan', id });
  const scans = isId(batchId) && isId(id) ? await scansOf(ctx, batchId) : [];
  return mustExist(
    scans.find((scan) => scan.id === id),
    'office.batch',
  );
}

function archives(ctx: Ctx) {
  return ctx.db
    .selectFrom('office_archive')
    .selectAll()
    .select((q) => [
      q
        .selectFrom('office_scan as s')
        .innerJoin('office_batch as b', (join) =>
          join.onRef('b.commune_id', '=', 's.commune_id').onRef('b.id', '=', 's.batch_id'),
        )
        .select((n) => n.fn.countAll<bigint>().as('n'))
        .where('s.commune_id', '=', ctx.commune.id)
        .whereRef('b.archive_id', '=', 'office_archive.id')
        .as('scans'),
      q
        .selectFrom('office_item as i')
        .select((n) => n.fn.countAll<bigint>().as('n'))
        .where('i.commune_id', '=', ctx.commune.id)
        .whereRef('i.archive_id', '=', 'office_archive.id')
        .as('items'),
    ])
    .where('office_archive.commune_id', '=', ctx.commune.id);
}

function batchesOf(ctx: Ctx) {
  const scans = (indexed: boolean) =>
    ctx.db
      .selectFrom('office_scan as s')
      .select((n) => n.fn.countAll<bigint>().as('n'))
      .where('s.commune_id', '=', ctx.commune.id)
      .whereRef('s.batch_id', '=', 'office_batch.id' as never)
      .$if(indexed, (q) => q.where('s.item_id', 'is not', null));
  return ctx.db
    .selectFrom('office_batch')
    .selectAll()
    .select(() => [scans(false).as('total'), scans(true).as('indexed')])
    .where('office_batch.commune_id', '=', ctx.commune.id);
}

function items(ctx: Ctx) {
  return ctx.db
    .selectFrom('office_item as i')
    .innerJoin('office_archive as a', (join) =>
      join.onRef('a.commune_id', '=', 'i.commune_id').onRef('a.id', '=', 'i.archive_id'),
    )
    .where('i.commune_id', '=', ctx.commune.id);
}

function found(ctx: Ctx, { search, archive, year, hamlet, resident }: ItemFilter) {
  let query = items(ctx);
  if (!may(ctx, 'office.archive.view_closed')) query = query.where('a.closed', '=', false);
  if (archive && isId(archive)) query = query.where('i.archive_id', '=', archive);
  if (year) query = query.where('i.year', '=', year);
  if (hamlet && isId(hamlet)) query = query.where('i.hamlet_id', '=', hamlet);
  if (resident && isId(resident)) query = query.where('i.resident_id', '=', resident);
  for (const ids of askedIds(ctx, { search })) query = query.where('i.id', 'in', ids);
  return query;
}
