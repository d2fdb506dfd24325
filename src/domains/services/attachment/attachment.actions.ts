/** Files of dossiers and drafts. The edge has stored the bytes (content-addressed) and inspected them; here they get a place. */
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import type { AcceptedSignature } from '#kernel/files/accept-signed.server';
import { isId, newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { cleanLine } from '#kernel/text';
import { whyNot } from '../dossier/moves.ts';
import { asThing, loadDossier } from '../dossier/record.ts';
import { asAttachment, listAttachments, type Attachment } from './attachment.queries.ts';

/** What the file store and the inspection know of a file. */
export type StoredFile = { hash: string; size: number; mediaType: string; pages: number | null };

/** A result's file after the edge has looked through it, with the signatures that held; null for a scan. */
export type ResultFile = { name: string; file: StoredFile; signature: AcceptedSignature | null };

const MOST_FILES = 60;
const LONGEST_NAME = 150;

/** Adds a scan to a dossier at the desk. @throws AppError `services.attachment.too_many` */
export async function addScan(
  ctx: Ctx,
  dossierId: string,
  paperCode: string,
  name: string,
  file: StoredFile,
): Promise<string> {
  const { row, procedure } = await loadDossier(ctx, dossierId, { lock: true });
  allow(ctx, 'services.attachment.add_scan', asThing(row));
  if (!procedure.papers.some(({ code }) => code === paperCode)) refuse('services.paper.unknown');
  return insert(ctx, { dossierId }, { kind: 'paper', paperCode, name, file });
}

/** Adds what the citizen was asked to supply. @throws AppError `services.attachment.too_many` */
export async function addOwnPaper(
  ctx: Ctx,
  dossierId: string,
  paperCode: string,
  name: string,
  file: StoredFile,
): Promise<string> {
  const { row, procedure } = await loadDossier(ctx, dossierId, { lock: true });
  allow(ctx, 'services.dossier.supplement', asThing(row), { paper: paperCode });
  if (!procedure.papers.some(({ code }) => code === paperCode)) refuse('services.paper.unknown');
  return insert(ctx, { dossierId }, { kind: 'paper', paperCode, name, file });
}

/** Before a file is looked through: whether it could be a result at all. @throws AppError `refused` and the like */
export async function mayAddResult(ctx: Ctx, dossierId: string): Promise<void> {
  const { row } = await loadDossier(ctx, dossierId);
  allow(ctx, 'services.attachment.add_result', asThing(row));
}

/**
 * Keeps a result's file for the decision that is to come, where the two are not one work; the same file again is the
 * first one.
 * @throws AppError `services.dossier.not_in_this_state` (409) when there is nothing to decide
 */
export async function depositResult(ctx: Ctx, dossierId: string, given: ResultFile): Promise<Attachment> {
  const { row, dossier, procedure } = await loadDossier(ctx, dossierId, { lock: true });
  allow(ctx, 'services.attachment.add_result', asThing(row));
  const objection = whyNot(dossier, procedure, 'decide');
  if (objection) refuse(objection, 409, { state: dossier.state });
  const results = async () =>
    (await listAttachments(ctx, { dossierId })).filter(({ kind }) => kind === 'result');
  const signed = given.signature !== null;
  const same = (await results()).find((one) => one.hash === given.file.hash && one.signed === signed);
  if (same) return same;
  const id = await attachResult(ctx, dossierId, given.name, given.file, given.signature);
  return mustExist(
    (await results()).find((one) => one.id === id),
    'services.attachment',
  );
}

/**
 * Adds a result. @param signature what the kernel found when it accepted a signed PDF (`acceptSigned`), kept with the
 * file; null for a scan, which can never be an electronic result
 */
export async function attachResult(
  ctx: Ctx,
  dossierId: string,
  name: string,
  file: StoredFile,
  signature: AcceptedSignature | null,
): Promise<string> {
  const { row } = await loadDossier(ctx, dossierId, { lock: true });
  allow(ctx, 'services.attachment.add_result', asThing(row), { signature });
  return insert(ctx, { dossierId }, { kind: 'result', paperCode: null, name, file, signature });
}

/** Adds a file to a draft; who may write to the draft was decided by the draft's own verb. */
export async function addToDraft(
  ctx: Ctx,
  draftId: string,
  paperCode: string,
  name: string,
  file: StoredFile,
): Promise<string> {
  allow(ctx, 'services.attachment.add_to_draft', { kind: 'draft', id: draftId });
  return insert(ctx, { draftId }, { kind: 'paper', paperCode, name, file });
}

/** Takes a file out of a draft; its bytes stay in the store, where another row may name the same content. */
export async function removeFromDraft(ctx: Ctx, draftId: string, id: string): Promise<void> {
  allow(ctx, 'services.attachment.add_to_draft', { kind: 'draft', id: draftId });
  await ctx.db
    .deleteFrom('services_attachment')
    .where('commune_id', '=', ctx.commune.id)
    .where('draft_id', '=', draftId)
    .where('id', '=', id)
    .execute();
}

/** The files of a dossier: scans of its papers, files of its result. @throws AppError `services.dossier.not_found` */
export async function attachmentsOf(ctx: Ctx, dossierId: string): Promise<Attachment[]> {
  const { row } = await loadDossier(ctx, dossierId);
  allow(ctx, 'services.dossier.view', asThing(row));
  return listAttachments(ctx, { dossierId });
}

/** One file of a dossier, to be opened: the view is written to the audit record. @throws AppError `services.attachment.not_found` */
export async function openAttachment(ctx: Ctx, dossierId: string, id: string): Promise<Attachment> {
  const found =
    isId(id) && isId(dossierId)
      ? await ctx.db
          .selectFrom('services_attachment')
          .selectAll()
          .where('commune_id', '=', ctx.commune.id)
          .where('id', '=', id)
          .where('dossier_id', '=', dossierId)
          .executeTakeFirst()
      : undefined;
  const attachment = mustExist(found, 'services.attachment');
  const { row } = await loadDossier(ctx, dossierId);
  allow(ctx, 'services.dossier.view', asThing(row), { attachment: id });
  return asAttachment(attachment);
}

type NewFile = {
  kind: 'paper' | 'result';
  paperCode: string | null;
  name: string;
  file: StoredFile;
  signature?: AcceptedSignature | null;
};

async function insert(
  ctx: Ctx,
  owner: { dossierId: string } | { draftId: string },
  given: NewFile,
): Promise<string> {
  if ((await listAttachments(ctx, owner)).length >= MOST_FILES) refuse('services.attachment.too_many');
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('services_attachment')
    .values({
      commune_id: ctx.commune.id,
      id,
      dossier_id: 'dossierId' in owner ? owner.dossierId : null,
      draft_id: 'draftId' in owner ? owner.draftId : null,
      paper_code: given.paperCode,
      kind: given.kind,
      name: cleanLine(given.name).slice(0, LONGEST_NAME) || 'tep',
      file_hash: given.file.hash,
      media_type: given.file.mediaType,
      size: given.file.size,
      pages: given.file.pages,
      signature: given.signature ? JSON.stringify(given.signature) : null,
      added_at: ctx.now,
      added_by: actorId(ctx.actor),
    })
    .execute();
  return id;
}
