/** The forms 02–05 of TT 01/2018/TT-VPCP and the note of fees, filled from what happened to a dossier. */
import { officeCalendar } from '#domain/commune';
import { listOfficials, nameOfOfficial, type Official } from '#domain/registry';
import { m } from '#i18n/messages';
import type { Ctx } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import { refuse } from '#kernel/errors';
import type { Calendar } from '#kernel/office-time';
import { localDateOf } from '#kernel/time';
import { dueTimes } from '../dossier/clock.ts';
import { foldDossier, type Action, type ActionKind } from '../dossier/dossier.ts';
import { takerOf } from '../dossier/officer.ts';
import type { Loaded } from '../dossier/record.ts';
import { controlPaper, type ControlStep, type StepResult } from './control.ts';
import { feePaper } from './fee.ts';
import { deskName, leadersSignature, paperContact, paperDossier, paperHead } from './of-dossier.ts';
import { apologyPaper, refusalPaper, supplementPaper } from './slips.ts';

const VI = { locale: 'vi' } as const;

/** The last action of a kind. @throws AppError `services.paper.not_in_this_state` (409) when there is none */
function last<K extends ActionKind>({ actions }: Loaded, kind: K): Extract<Action, { kind: K }> {
  const found = actions.findLast((action) => action.kind === kind);
  return (
    (found as Extract<Action, { kind: K }> | undefined) ?? refuse('services.paper.not_in_this_state', 409)
  );
}

/** Form 02: what is missing, asked for once and completely. */
export async function supplementOf(ctx: Ctx, loaded: Loaded): Promise<Paper> {
  const asked = last(loaded, 'request_supplement');
  const name = (code: string) =>
    loaded.procedure.papers.find((paper) => paper.code === code)?.name.vi ?? code;
  const guide = await nameOfOfficial(ctx, asked.officialId);
  return supplementPaper({
    head: paperHead(ctx, loaded, asked.at),
    dossier: await paperDossier(ctx, loaded),
    items: asked.data.papers.map((code) => ({ what: name(code), why: null })),
    reason: asked.data.reason,
    contact: (await paperContact(ctx, loaded)) ?? { name: deskName(loaded.procedure), phone: '……………' },
    guide,
  });
}

/** Form 03: declined at the desk, or refused after appraisal. */
export async function refusalOf(ctx: Ctx, loaded: Loaded): Promise<Paper> {
  const refused = loaded.actions.findLast(
    (action) => action.kind === 'decline' || (action.kind === 'decide' && action.data.outcome === 'refused'),
  );
  if (refused?.kind !== 'decline' && refused?.kind !== 'decide')
    return refuse('services.paper.not_in_this_state', 409);
  const officer = await nameOfOfficial(ctx, refused.officialId);
  return refusalPaper({
    head: paperHead(ctx, loaded, refused.at),
    dossier: await paperDossier(ctx, loaded),
    reasons: (refused.data.reason ?? '').split('\n').filter(Boolean),
    legalBasis: refused.data.legal ?? '',
    contact: await paperContact(ctx, loaded),
    submitter: loaded.row.applicant_name,
    receiver: officer,
  });
}

/** Form 04: the letter of apology with the new date. */
export async function apologyOf(ctx: Ctx, loaded: Loaded): Promise<Paper> {
  const letter = last(loaded, 'apologise');
  const before = loaded.actions.slice(0, loaded.actions.indexOf(letter));
  const promised = dueTimes(foldDossier(before), loaded.procedure, await officeCalendar(ctx)).due;
  const newDueAt = new Date(letter.data.due);
  return apologyPaper({
    head: paperHead(ctx, loaded, letter.at),
    dossier: await paperDossier(ctx, loaded),
    receivedAt: loaded.row.received_at ?? loaded.row.filed_at,
    promisedAt: promised ?? newDueAt,
    reason: letter.data.reason,
    newDueAt,
    body: `Ủy ban nhân dân xã ${ctx.commune.name}`,
    contact: await paperContact(ctx, loaded),
    signer: await leadersSignature(ctx),
  });
}

/** Form 05: who gave the dossier to whom, and how each step stood against its time. */
export async function controlOf(ctx: Ctx, loaded: Loaded): Promise<Paper> {
  const received = last(loaded, 'receive');
  const officials = new Map((await listOfficials(ctx, 'ever')).map((one) => [one.id, one]));
  const calendar = await officeCalendar(ctx);
  const handler = officials.get(loaded.row.assignee_id ?? '');
  return controlPaper({
    head: paperHead(ctx, loaded, received.at),
    dossier: await paperDossier(ctx, loaded),
    handler: handler ? unitOf(handler) : deskName(loaded.procedure),
    consulted: loaded.actions.flatMap((action) => (action.kind === 'consult' ? [action.data.agency] : [])),
    steps: handings(loaded, officials, calendar),
    blankSteps: loaded.dossier.finishedAt ? 0 : 2,
  });
}

const GIVEN: readonly ActionKind[] = ['assign', 'advance', 'send_back', 'hand_over'];

function handings(
  loaded: Loaded,
  officials: ReadonlyMap<string, Official>,
  calendar: Calendar,
): ControlStep[] {
  const { actions, procedure } = loaded;
  const party = (id: string | null) => {
    const official = id === null ? undefined : officials.get(id);
    return { unit: official ? unitOf(official) : deskName(procedure), person: official?.fullName ?? null };
  };
  return actions.flatMap((action, at) => {
    if (!GIVEN.includes(action.kind)) return [];
    const before = foldDossier(actions.slice(0, at));
    const { stepDue } = dueTimes(before, procedure, calendar);
    const note =
      'note' in action.data ? action.data.note : 'reason' in action.data ? action.data.reason : null;
    return [
      {
        giver: party(before.assigneeId ?? action.officialId),
        taker: party(takerOf(action) ?? before.assigneeId),
        at: action.at,
        result: stepResult(action.at, stepDue),
        note: note ?? null,
      },
    ];
  });
}

/** Before the day on which the step was due it is early, on that day on time. */
function stepResult(at: Date, due: Date | null): StepResult {
  if (!due) return null;
  if (at > due) return 'late';
  return localDateOf(at) < localDateOf(due) ? 'early' : 'on_time';
}

function unitOf({ post }: Official): string {
  return post;
}

const LINE_WORDS: Record<string, () => string> = {
  fixed: () => m.services_fee_line_fixed({}, VI),
  by_quantity: () => m.services_fee_line_quantity({}, VI),
  pages: () => m.services_fee_line_pages({}, VI),
  over_maximum: () => m.services_fee_line_over({}, VI),
  exemption: () => m.services_fee_line_exemption({}, VI),
};

/** A note of what was paid last. */
export async function feeNoteOf(ctx: Ctx, loaded: Loaded): Promise<Paper> {
  const paid = last(loaded, 'collect_fee');
  const { amount, lines = [], way, receipt } = paid.data;
  const named = lines.map((line) => ({
    name: LINE_WORDS[line.what]?.() ?? line.what,
    amount: BigInt(line.amount),
    note: line.quantity === '1' ? null : m.services_fee_line_times({ quantity: line.quantity }, VI),
  }));
  const cashier = await nameOfOfficial(ctx, paid.officialId);
  return feePaper({
    head: paperHead(ctx, loaded, paid.at),
    dossier: await paperDossier(ctx, loaded),
    lines: named.length > 0 ? named : [{ name: LINE_WORDS.fixed!(), amount: BigInt(amount), note: null }],
    paidAt: paid.at,
    method: way === 'transfer' ? m.services_ask_transfer({}, VI) : m.services_ask_cash({}, VI),
    receiptNumber: receipt,
    payer: loaded.row.applicant_name,
    cashier,
  });
}
