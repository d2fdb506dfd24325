/** Who is told what when something happens to a dossier (NĐ 224/2026 art. 15: status notifications in real time). */
import { notify, notifyMany, type Notice, type NoticeEvent } from '#domain/notifications';
import type { Official } from '#domain/registry';
import { localizeHref } from '#i18n/runtime';
import { actorId, type Ctx } from '#kernel/context';
import type { Action, ActionKind, Channel } from './dossier.ts';
import type { Filing } from './file.actions.ts';
import type { Loaded } from './record.ts';

/** The event that an action is for the applicant; what is not here is the office's own business. */
const EVENTS: Partial<Record<ActionKind, NoticeEvent>> = {
  receive: 'services.dossier.received',
  decline: 'services.dossier.declined',
  request_supplement: 'services.dossier.supplement_requested',
  request_payment: 'services.dossier.payment_requested',
  stop: 'services.dossier.stopped',
  resume: 'services.dossier.resumed',
  extend: 'services.dossier.extended',
  apologise: 'services.dossier.overdue_apology',
  recalculate: 'services.dossier.deadline_recomputed',
  decide: 'services.dossier.result_ready',
  withdraw: 'services.dossier.withdrawn',
  return: 'services.dossier.returned',
};
/** In these the due time of the projection is the one that has just been set. */
const NEW_DUE: readonly ActionKind[] = ['extend', 'apologise', 'recalculate'];

/**
 * Tells the applicant that the dossier is filed; filed by a helper, the person is told by SMS whoever filed.
 * Who stands at the counter sees it done, and is told of the reception.
 */
export async function tellFiled(
  ctx: Ctx,
  filed: {
    id: string;
    code: string;
    trackingCode: string;
    procedure: string;
    filing: Filing;
    channel: Channel;
  },
): Promise<void> {
  if (ctx.silent || filed.channel === 'counter') return;
  const { applicant } = filed.filing;
  const { code, trackingCode, procedure } = filed;
  await notify(ctx, {
    event: filed.channel === 'helper' ? 'services.dossier.filed_by_helper' : 'services.dossier.filed',
    key: `${filed.id}:1`,
    to: { userId: applicant.userId, residentId: applicant.residentId, phone: applicant.phone },
    params: { name: applicant.name, code, tracking_code: trackingCode, procedure },
  });
}

/**
 * Tells the applicant about a move, where it concerns him.
 * @param slipToken of a decision: the applicant is asked to rate how the dossier was handled (NĐ 61/2018 art. 29)
 */
export async function tellMoved(
  ctx: Ctx,
  moved: Loaded,
  action: Action,
  slipToken: string | null = null,
): Promise<void> {
  const { row, procedure } = moved;
  const refused = action.kind === 'decide' && action.data.outcome === 'refused';
  const event = refused ? 'services.dossier.refused' : EVENTS[action.kind];
  if (!event || ctx.silent) return;
  const due = NEW_DUE.includes(action.kind) ? { new_due: row.due_at } : { due: row.due_at };
  const told: Notice = {
    event,
    key: `${row.id}:${row.last_seq}`,
    to: { userId: row.applicant_user_id, phone: row.applicant_phone },
    params: {
      name: row.applicant_name,
      code: row.code,
      tracking_code: row.tracking_code,
      procedure: procedure.name.vi,
      ...due,
      ...detailOf(action),
    },
  };
  await notifyMany(ctx, slipToken ? [told, ratingAsked(moved, slipToken)] : [told]);
}

/**
 * The way to the slip goes to the applicant alone: it is kept sealed until it was sent, and nobody who reads what
 * was sent can rate in his place. Whoever signs in rates from his own page.
 */
function ratingAsked({ row, procedure }: Loaded, slipToken: string): Notice {
  const own = row.applicant_user_id ? `/services/mine/${row.id}` : '/services/track';
  return {
    event: 'services.dossier.rating_asked',
    key: `${row.id}:slip`,
    to: { userId: row.applicant_user_id, phone: row.applicant_phone },
    params: {
      name: row.applicant_name,
      code: row.code,
      procedure: procedure.name.vi,
      slip_link: localizeHref(`/services/rate/${slipToken}`, { locale: 'vi' }),
      link: localizeHref(own, { locale: 'vi' }),
    },
  };
}

/** Tells the official who has the dossier now, unless he took it himself. */
export async function tellTaker(
  ctx: Ctx,
  { row, procedure }: Loaded,
  { userId, email }: Official,
): Promise<void> {
  const himself = userId !== null && userId === actorId(ctx.actor);
  if (ctx.silent || himself || (!userId && !email)) return;
  await notify(ctx, {
    event: 'services.dossier.step_assigned',
    key: `${row.id}:${row.last_seq}`,
    to: { userId, email },
    params: {
      code: row.code,
      procedure: procedure.name.vi,
      step: procedure.steps[row.step]?.name.vi,
      due: row.step_due_at,
      from: ctx.actor.kind === 'person' ? ctx.actor.name : undefined,
      link: staffLink(row.id),
    },
  });
}

/** The official's page of a dossier, as it stands in messages. */
export function staffLink(id: string): string {
  return localizeHref(`/services/staff/${id}`, { locale: 'vi' });
}

/** One view of the work queue, as it stands in messages. */
export function queueLink(view: string): string {
  return `${localizeHref('/services/staff', { locale: 'vi' })}?view=${view}`;
}

function detailOf(action: Action): Record<string, string | bigint | Date | undefined> {
  switch (action.kind) {
    case 'receive':
      return { received_at: action.at };
    case 'request_supplement':
      return { reason: action.data.reason };
    case 'request_payment':
      return { amount: BigInt(action.data.amount) };
    case 'decline':
    case 'stop':
    case 'extend':
    case 'apologise':
    case 'withdraw':
      return { reason: action.data.reason };
    case 'decide':
      return { number: action.data.number, reason: action.data.reason };
    case 'return':
      return { returned_at: action.at };
    case 'recalculate':
      return { due: new Date(action.data.before), reason: action.data.letter };
    default:
      return {};
  }
}
