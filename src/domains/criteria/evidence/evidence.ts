/** Files and photographs beside values and signatures. The edge has looked through the bytes and stored them. */
import { actorId, type Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { parseFileHash, type FileHash } from '#kernel/files/store';
import { isId, newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { cleanLine } from '#kernel/text';
import type { LocalDate } from '#kernel/time';

/** What the store and the inspection know of a file. */
export type NewFile = { name: string; hash: string; size: number; type: string };
export type EvidenceFile = {
  id: string;
  /** The value or signature that it is evidence of. */
  of: string;
  indicator: string;
  name: string;
  hash: string;
  type: string;
  size: number;
};

type Placed = {
  commune_id: number;
  set_code: string;
  indicator: string;
  hamlet_id: string | null;
};

/** Without a right of its own: the verb that enters the value or signs has asked. @param place where, and of what */
export async function keepFiles(
  ctx: Ctx,
  place: Placed & { id: string },
  onDay: LocalDate,
  files: readonly NewFile[],
): Promise<void> {
  const { id: of, ...placed } = place;
  for (const { name, hash, size, type } of files)
    await ctx.db
      .insertInto('criteria_file')
      .values({
        ...placed,
        id: newId(ctx.now),
        of_id: of,
        on_day: onDay,
        name: cleanLine(name) || 'tep',
        file_hash: hash,
        media_type: type,
        size,
        added_by: actorId(ctx.actor),
        added_at: ctx.now,
      })
      .execute();
}

/** One file, to be opened: written to the audit record. @throws AppError `criteria.file.not_found` (404) */
export async function openEvidence(
  ctx: Ctx,
  id: string,
): Promise<{ hash: FileHash; name: string; type: string; size: number }> {
  allow(ctx, 'criteria.evidence.open', { kind: 'criteria_file', id });
  const row = isId(id)
    ? await ctx.db
        .selectFrom('criteria_file')
        .select(['name', 'file_hash', 'media_type', 'size'])
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  const { name, file_hash, media_type: type, size } = mustExist(row, 'criteria.file');
  return { hash: mustExist(parseFileHash(file_hash), 'criteria.file'), name, type, size };
}
