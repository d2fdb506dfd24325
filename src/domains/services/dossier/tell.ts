/** Who is told what when something happens to a dossier (NĐ 224/2026 art. 15: status notifications in real time). */
import { notify } from '#domain/notifications';
import type { Ctx } from '#kernel/context';
import { formatDateTime } from '#kernel/format';
import type { Action, ActionKind, Channel } from './dossier.ts';
import type { Filing } from './file.actions.ts';
import type { Loaded } from './record.ts';

/** The event that an action is for the applicant; what is not here is the office's own business. */
const EVENTS: Partial<Record<ActionKind, string>> = {
  receive: 'services.dossier.received',
  decline: 'services.dossier.declined',
  request_supplement: 'services.dossier.supplement_requested',
  request_payment: 'services.dossier.payment_requested',
  stop: 'services.dossier.stopped',
  resume: 'services.dossier.resumed',
  extend: 'services.dossier.extended',
  apologise: 'services.dossier.reappointed',
  recalculate: 'services.dossier.deadline_recomputed',
  decide: 'services.dossier.result_ready',
  withdraw: 'services.dossier.withdrawn',
  return: 'services.dossier.returned',
};

/** Tells the applicant that the dossier is filed; filed by a helper, the person is told by SMS whoever filed. */
export async function tellFiled(
  ctx: Ctx,
  filed: { id: string; code: string; trackingCode: string; filing: Filing; channel: Channel },
): Promise<void> {
  if (ctx.silent) return;
  const { applicant } = filed.filing;
  await notify(ctx, {
    event: filed.channel === 'helper' ? 'services.dossier.filed_by_helper' : 'services.dossier.filed',
    key: `${filed.id}:1`,
    to: { userId: applicant.userId, phone: applicant.phone },
    params: { code: filed.code, tracking_code: filed.trackingCode },
  });
}

/** Tells the applicant about a move, where it concerns him. */
export async function tellMoved(ctx: Ctx, { row }: Loaded, action: Action): Promise<void> {
  const event = EVENTS[action.kind];
  if (!event || ctx.silent) return;
  const due = row.due_at ? formatDateTime(row.due_at) : '';
  await notify(ctx, {
    event,
    key: `${row.id}:${row.last_seq}`,
    to: { userId: row.applicant_user_id, phone: row.applicant_phone },
    params: { code: row.code, due, reason: 'reason' in action.data ? (action.data.reason ?? '') : '' },
  });
}
