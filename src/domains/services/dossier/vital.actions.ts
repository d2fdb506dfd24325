/** A decided registration of a birth or a death changes the commune's register, by a job after the decision. */
import { hearVital } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { filedForm } from './form.queries.ts';
import { loadDossier } from './record.ts';
import { vitalNoticeOf } from './vital.ts';

/** Hears `services.dossier.decided`; other dossiers than these two are none of the register's business. */
export async function tellRegister(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  const id = String(data['dossier_id']);
  allow(ctx, 'services.dossier.tell_register', { kind: 'dossier', id });
  if (data['outcome'] !== 'granted') return;
  const { row } = await loadDossier(ctx, id);
  const { form, values } = await filedForm(ctx, id);
  const notice = vitalNoticeOf(form.id, values);
  if (notice) await hearVital(ctx, notice, { kind: 'dossier', id, label: row.code });
}
