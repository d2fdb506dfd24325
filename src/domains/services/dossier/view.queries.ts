/** Reading one dossier: officials, and those whose own it is. Every view is written to the audit record. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { asThing, loadDossier, type Loaded } from './record.ts';

/** @throws AppError `services.dossier.not_found`, `refused` */
export async function viewDossier(ctx: Ctx, id: string): Promise<Loaded> {
  const loaded = await loadDossier(ctx, id);
  allow(ctx, 'services.dossier.view', asThing(loaded.row));
  return loaded;
}
