/** Files of documents, tasks and publications. The edge has looked through the bytes and stored them; here they get a place. */
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { allow, type Thing } from '#kernel/rights';
import { cleanLine } from '#kernel/text';

/** What the file store and the inspection know of a file. */
export type StoredFile = {
  name: string;
  hash: string;
  size: number;
  mediaType: string;
  pages: number | null;
};

export type OfficeFile = StoredFile & { id: string; addedAt: Date };

const MOST_FILES = 40;
const LONGEST_NAME = 150;

/**
 * Adds files to a thing of the room; whether the thing may be changed was asked of the thing itself.
 * @throws AppError `office.file.too_many`
 */
export async function addFiles(ctx: Ctx, subjectId: string, files: readonly StoredFile[]): Promise<void> {
  allow(ctx, 'office.file.add', { kind: 'office_file', id: subjectId }, { count: files.length });
  if (files.length === 0) return;
  if ((await filesOf(ctx, subjectId)).length + files.length > MOST_FILES) refuse('office.file.too_many');
  await ctx.db
    .insertInto('office_file')
    .values(
      files.map((file) => ({
        commune_id: ctx.commune.id,
        id: newId(ctx.now),
        subject_id: subjectId,
        name: cleanLine(file.name).slice(0, LONGEST_NAME) || 'tep',
        file_hash: file.hash,
        media_type: file.mediaType,
        size: file.size,
        pages: file.pages,
        added_at: ctx.now,
        added_by: actorId(ctx.actor),
      })),
    )
    .execute();
}

/** The files of a thing, oldest first. @param thing whose own it is */
export async function listFiles(ctx: Ctx, subjectId: string, thing: Thing = {}): Promise<OfficeFile[]> {
  allow(ctx, 'office.file.list', thing);
  return filesOf(ctx, subjectId);
}

/** One file, to be opened: written to the audit record. @throws AppError `office.file.not_found` (404) */
export async function openFile(
  ctx: Ctx,
  subjectId: string,
  id: string,
  { owners = [] }: Thing = {},
): Promise<OfficeFile> {
  allow(ctx, 'office.file.open', { kind: 'office_file', id, owners }, { of: subjectId });
  const files = isId(subjectId) && isId(id) ? await filesOf(ctx, subjectId) : [];
  return mustExist(
    files.find((file) => file.id === id),
    'office.file',
  );
}

async function filesOf(ctx: Ctx, subjectId: string): Promise<OfficeFile[]> {
  const rows = await ctx.db
    .selectFrom('office_file')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('subject_id', '=', subjectId)
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    hash: row.file_hash,
    size: row.size,
    mediaType: row.media_type,
    pages: row.pages,
    addedAt: row.added_at,
  }));
}
