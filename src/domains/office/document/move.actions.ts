/** What happens to a document after its first action. All go through `actOnDocument`: lock, right, table, append, tell. */
import { officeCalendar } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { checked } from '#kernel/input';
import { allow, may } from '#kernel/rights';
import { nextNumber } from '../counter.ts';
import { limitOf } from '../due.ts';
import { addFiles, type StoredFile } from '../file.actions.ts';
import { actionNow, wasDone } from '../log.ts';
import { mustTakeWork, officialActing, ownDesks } from '../people.ts';
import type { DocumentAction, DocumentData } from './document.ts';
import { MOVE_INPUTS } from './input.ts';
import { documentType, symbolOf } from './kinds.ts';
import { isAllowed, type FormMove, type MoveKind } from './moves.ts';
import { append, asThing, loadDocument, type Loaded } from './record.ts';
import { tellMoved } from './tell.ts';

export type ActOptions = {
  /** Made by the sender; the same id again changes nothing. */
  clientId?: string | undefined;
  /** The last action that the sender saw; when others have acted since, the move is refused. */
  seen?: number | undefined;
};

/**
 * One move. @param input what the move asks for (`MOVE_INPUTS`)
 * @throws AppError `office.document.not_found`, `refused`, `input.invalid`,
 *   `office.document.not_in_this_state` (409), `office.document.changed_meanwhile` (409)
 */
export async function actOnDocument(
  ctx: Ctx,
  id: string,
  kind: FormMove,
  input: unknown = {},
  { clientId, seen }: ActOptions = {},
): Promise<Loaded> {
  const loaded = await loadDocument(ctx, id, { lock: true });
  const thing = await asThing(ctx, loaded);
  allow(ctx, `office.document.${kind}`, thing);
  if (await wasDone(ctx, id, clientId)) return loaded;
  if (seen !== undefined && seen !== loaded.row.last_seq) refuse('office.document.changed_meanwhile', 409);
  mustBeAllowed(loaded, kind);
  const data = await dataOf(ctx, loaded, kind, input);
  const moved = await take(ctx, loaded, kind, data, clientId);
  await tellMoved(ctx, moved, moved.actions.at(-1)!);
  return kind === 'issue' ? answerFor(ctx, moved) : moved;
}

/** Notes, once, that an official who has a part in the document has opened it. */
export async function receiptOfDocument(ctx: Ctx, id: string): Promise<void> {
  const loaded = await loadDocument(ctx, id, { lock: true });
  const thing = await asThing(ctx, loaded);
  if (!may(ctx, 'office.document.see', thing)) return;
  allow(ctx, 'office.document.see', thing);
  const desks = await ownDesks(ctx);
  const mine = loaded.document.people.find(({ officialId }) => desks.includes(officialId));
  if (!mine || mine.seenAt || !isAllowed(loaded.document.state, 'see')) return;
  const action = actionNow(ctx, 'see', {}, mine.officialId) as DocumentAction;
  await append(ctx, loaded, action, null);
}

/** Adds files to a document, with a line in its history. @throws AppError like {@link actOnDocument} */
export async function attachToDocument(
  ctx: Ctx,
  id: string,
  files: readonly StoredFile[],
  { clientId }: ActOptions = {},
): Promise<void> {
  const loaded = await loadDocument(ctx, id, { lock: true });
  allow(ctx, 'office.document.attach', { kind: 'document', id });
  if (files.length === 0 || (await wasDone(ctx, id, clientId))) return;
  mustBeAllowed(loaded, 'attach');
  await addFiles(ctx, id, files);
  await take(ctx, loaded, 'attach', { names: files.map(({ name }) => name) }, clientId);
}

/** What the move writes down. */
async function dataOf(ctx: Ctx, loaded: Loaded, kind: FormMove, input: unknown): Promise<unknown> {
  switch (kind) {
    case 'sign':
      return {};
    case 'issue':
      return issueData(ctx, loaded);
    case 'route':
      return routeData(ctx, input);
    case 'correct':
    case 'edit': {
      const fields = checked(MOVE_INPUTS[kind], input);
      if ('signerId' in fields) await mustTakeWork(ctx, fields.signerId);
      return { fields };
    }
    default:
      return checked(MOVE_INPUTS[kind], input);
  }
}

async function routeData(ctx: Ctx, input: unknown): Promise<DocumentData['route']> {
  const { due: day, dueDays: days, note, ...given } = checked(MOVE_INPUTS.route, input);
  for (const one of [given.handler, ...given.with, ...given.informed]) await mustTakeWork(ctx, one);
  const limit = limitOf(await officeCalendar(ctx), ctx.now, { day, days });
  const others = given.with.filter((one) => one !== given.handler);
  return {
    handler: given.handler,
    with: others,
    informed: given.informed.filter((one) => one !== given.handler && !others.includes(one)),
    ...limit,
    note,
  };
}

/** The number is taken last, while the row is locked: whoever comes later waits, nobody leaves a gap. */
async function issueData(ctx: Ctx, { document }: Loaded): Promise<DocumentData['issue']> {
  const { type, unitSign } = document.outgoing!;
  const taken = await nextNumber(ctx, 'out');
  return { ...taken, symbol: symbolOf(documentType(type), taken.number, unitSign) };
}

/** A document out that answers one in ends the work on that one. */
async function answerFor(ctx: Ctx, issued: Loaded): Promise<Loaded> {
  const { replyTo } = issued.document.outgoing!;
  if (!replyTo) return issued;
  const asked = await loadDocument(ctx, replyTo, { lock: true });
  if (!isAllowed(asked.document.state, 'answer') || asked.document.state === 'done') return issued;
  allow(ctx, 'office.document.answer', { kind: 'document', id: replyTo }, { reply: issued.row.id });
  await take(ctx, asked, 'answer', { reply: issued.row.id, symbol: issued.document.symbol! }, undefined);
  return issued;
}

function mustBeAllowed({ document }: Loaded, kind: MoveKind): void {
  if (!isAllowed(document.state, kind)) refuse('office.document.not_in_this_state', 409);
}

async function take(
  ctx: Ctx,
  loaded: Loaded,
  kind: MoveKind,
  data: unknown,
  clientId: string | undefined,
): Promise<Loaded> {
  const official = await officialActing(ctx);
  const action = actionNow(ctx, kind, data, official?.id ?? null) as DocumentAction;
  return append(ctx, loaded, action, clientId ?? null);
}
