/** Digitising at the counter: the scan and the move are one work. */
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { move, type MoveOptions } from '../dossier/move.actions.ts';
import { asThing, loadDossier, wasDone, type Loaded } from '../dossier/record.ts';
import { addScan, type StoredFile } from './attachment.actions.ts';

/** A scan of one paper, looked through and stored by the edge. */
export type Scan = { paper: string; name: string; file: StoredFile };

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
