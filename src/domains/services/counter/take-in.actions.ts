/** Somebody stands at the counter: the dossier is filed and, being complete, received in the same moment. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { fileAtCounter, type Filed, type Filing } from '../dossier/file.actions.ts';
import { move } from '../dossier/move.actions.ts';

/**
 * Files at the counter; `complete` receives it too, so that the receipt can be handed over. The same client
 * id again answers with the same dossier.
 * @throws AppError those of filing and receiving
 */
export async function takeIn(ctx: Ctx, filing: Filing, complete: boolean): Promise<Filed> {
  allow(ctx, 'services.dossier.file_at_counter', { kind: 'dossier' }, { procedure: filing.procedureCode });
  const filed = await fileAtCounter(ctx, filing);
  if (complete) await move(ctx, filed.id, 'receive', {}, { clientId: `${filing.clientId}:receive` });
  return filed;
}
