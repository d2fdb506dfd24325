/** What a citizen does with his own dossier: supply what is missing, take it back, rate. */
import { actorId, type Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { randomToken } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { addOwnPaper, type StoredFile } from '../attachment/attachment.actions.ts';
import { hashToken } from '../dossier/decide.actions.ts';
import type { Action } from '../dossier/dossier.ts';
import { move } from '../dossier/move.actions.ts';
import { asThing, loadDossier, type Loaded } from '../dossier/record.ts';
import { mustBeOwn } from './mine.queries.ts';

export type Supply = { paperCode: string; name: string; file: StoredFile };

/** The request that waits for papers; null when none does. */
export function openRequest(
  actions: readonly Action[],
): Extract<Action, { kind: 'request_supplement' }>['data'] | null {
  const last = actions.findLast((one) => one.kind === 'request_supplement' || one.kind === 'supplement');
  return last?.kind === 'request_supplement' ? last.data : null;
}

/**
 * Hands in what was asked for, all of it at once: then the clock starts anew. The same post again changes nothing.
 * @throws AppError `services.dossier.not_found`, `services.supplement.incomplete` (422), `services.paper.unknown`,
 *   `services.dossier.not_in_this_state` (409)
 */
export async function supplyPapers(ctx: Ctx, id: string, supplies: readonly Supply[]): Promise<Loaded> {
  allow(ctx, 'services.dossier.list_own');
  await mustBeOwn(ctx, id);
  const loaded = await loadDossier(ctx, id, { lock: true });
  allow(ctx, 'services.dossier.supplement', asThing(loaded.row));
  const last = loaded.actions.at(-1);
  if (last?.kind === 'supplement' && last.actorId === actorId(ctx.actor)) return loaded;
  const request = openRequest(loaded.actions);
  if (loaded.dossier.state !== 'supplement' || !request) refuse('services.dossier.not_in_this_state', 409);
  const sent = new Set(supplies.map((supply) => supply.paperCode));
  if (request.papers.some((code) => !sent.has(code))) refuse('services.supplement.incomplete');
  for (const { paperCode, name, file } of supplies) {
    if (!request.papers.includes(paperCode)) refuse('services.paper.unknown');
    await addOwnPaper(ctx, id, paperCode, name, file);
  }
  return move(ctx, id, 'supplement', { papers: [...request.papers] });
}

/** Takes the dossier back. @throws AppError `services.dossier.not_found`, and those of `move` */
export async function withdrawOwn(ctx: Ctx, id: string, reason: string | undefined): Promise<Loaded> {
  allow(ctx, 'services.dossier.list_own');
  await mustBeOwn(ctx, id);
  return move(ctx, id, 'withdraw', { reason });
}

/** A fresh link to the slip of one's own dossier; the earlier one ends. @throws AppError `services.slip.not_open` (409) */
export async function ownSlip(ctx: Ctx, id: string): Promise<string> {
  allow(ctx, 'services.slip.renew_own');
  await mustBeOwn(ctx, id);
  const token = randomToken();
  const renewed = await ctx.db
    .updateTable('services_slip')
    .set({ token_hash: hashToken(token) })
    .where('commune_id', '=', ctx.commune.id)
    .where('dossier_id', '=', id)
    .where('used', '=', false)
    .executeTakeFirst();
  if (renewed.numUpdatedRows === 0n) refuse('services.slip.not_open', 409);
  return token;
}
