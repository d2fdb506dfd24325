/** The files of dossiers and drafts, for verbs and pages that have asked for their right. */
import type { Ctx } from '#kernel/context';

/** A file as the dossier lists it. */
export type Attachment = {
  id: string;
  paperCode: string | null;
  kind: 'paper' | 'result';
  name: string;
  hash: string;
  mediaType: string;
  size: number;
  pages: number | null;
  /** It was accepted as an electronic result: its signatures held. */
  signed: boolean;
  addedAt: Date;
};

/** The files of a dossier, for whoever may see the dossier (the caller has asked). */
export async function listAttachments(
  ctx: Ctx,
  owner: { dossierId: string } | { draftId: string },
): Promise<Attachment[]> {
  const rows = await ctx.db
    .selectFrom('services_attachment')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where((q) =>
      'dossierId' in owner ? q('dossier_id', '=', owner.dossierId) : q('draft_id', '=', owner.draftId),
    )
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  return rows.map(asAttachment);
}

/** A row as the room speaks of it. */
export function asAttachment(row: {
  id: string;
  paper_code: string | null;
  kind: string;
  name: string;
  file_hash: string;
  media_type: string;
  size: number;
  pages: number | null;
  signature: unknown;
  added_at: Date;
}): Attachment {
  return {
    id: row.id,
    paperCode: row.paper_code,
    kind: row.kind as Attachment['kind'],
    name: row.name,
    hash: row.file_hash,
    mediaType: row.media_type,
    size: row.size,
    pages: row.pages,
    signed: row.signature !== null,
    addedAt: row.added_at,
  };
}
