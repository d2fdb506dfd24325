/** Digitising at the counter: the scan and the move are one work. */
import type { Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { move, type MoveOptions } from '../dossier/move.actions.ts';
import { asThing, loadDossier, wasDone, type Loaded } from '../dossier/record.ts';
import { addScan, type StoredFile } from './attachment.actions.ts';
import { listAttachments, type Attachment } from './attachment.queries.ts';

/** A scan of one paper, looked through and stored by the edge. */
export type Scan = { paper: string; name: string; file: StoredFile };

/** Before a scan is looked through: whether the caller may hand one in at all. @throws AppError `refused` and the like */
export async function mayDigitise(ctx: Ctx, id: string): Promise<void> {
  const { row } = await loadDossier(ctx, id);
  allow(ctx, 'services.dossier.digitise', asThing(row));
}

/** Digitises a paper, and answers with its scan; the same request again with the first one's. */
export async function depositScan(
  ctx: Ctx,
  id: string,
  scan: Scan,
  options: MoveOptions = {},
): Promise<Attachment> {
  await mayDigitise(ctx, id);
  await digitisePaper(ctx, id, scan, options);
  const scans = await listAttachments(ctx, { dossierId: id });
  const found = scans.findLast((one) => one.paperCode === scan.paper && one.hash === scan.file.hash);
  return mustExist(found, 'services.attachment');
}

/**
 * Adds the scan of a paper; the paper is electronic from then on.
 * @throws AppError `services.paper.unknown`, `services.paper.not_digitisable`, and those of `move`
 */
export async function digitisePaper(
  ctx: Ctx,
  id: string,
  { paper, name, file }: Scan,
  options: MoveOptions = {},
): Promise<Loaded> {
  const loaded = await loadDossier(ctx, id, { lock: true });
  allow(ctx, 'services.dossier.digitise', asThing(loaded.row));
  if (options.clientId && (await wasDone(ctx, id, options.clientId))) return loaded;
  const known = loaded.procedure.papers.find(({ code }) => code === paper);
  if (!known) refuse('services.paper.unknown');
  if (!known.digitisable) refuse('services.paper.not_digitisable');
  await addScan(ctx, id, paper, name, file);
  return move(ctx, id, 'digitise', { papers: [paper] }, options);
}
