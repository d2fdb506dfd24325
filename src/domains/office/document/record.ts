/** A document between table and fold: reading its actions, appending one, keeping the projection true. */
import type { Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { Thing } from '#kernel/rights';
import type { OfficeDocument } from '#kernel/schema';
import { officialsById, writePeople } from '../people.ts';
import { readLog, writeLog } from '../log.ts';
import { indexWords } from '../word.ts';
import { foldDocument, type Document, type DocumentAction } from './document.ts';

/** The row, its actions and their fold: what a verb works with. */
export type Loaded = {
  row: Selectable<OfficeDocument>;
  actions: readonly DocumentAction[];
  document: Document;
};

/**
 * Reads a document; `lock` keeps others from acting on it until this transaction ends.
 * @throws AppError `office.document.not_found` (404), also for another commune's
 */
export async function loadDocument(ctx: Ctx, id: string, { lock = false } = {}): Promise<Loaded> {
  const query = ctx.db
    .selectFrom('office_document')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id);
  const found = isId(id) ? await (lock ? query.forUpdate() : query).executeTakeFirst() : undefined;
  const row = mustExist(found, 'office.document');
  const actions = (await readLog(ctx, id)) as DocumentAction[];
  return { row, actions, document: foldDocument(actions) };
}

/** The document as rights see it: its owners are the officials who have a part in it. */
export async function asThing(ctx: Ctx, { row, document }: Loaded): Promise<Thing> {
  const officials = await officialsById(ctx);
  const owners = document.people.map(({ officialId }) => officials.get(officialId)?.userId ?? null);
  return { kind: 'document', id: row.id, commune_id: row.commune_id, owners };
}

/** Makes the row of a new document, with its first action. */
export async function insertDocument(
  ctx: Ctx,
  id: string,
  first: DocumentAction,
  clientId: string | null,
): Promise<void> {
  const document = foldDocument([first]);
  await ctx.db
    .insertInto('office_document')
    .values({
      commune_id: ctx.commune.id,
      id,
      direction: document.direction,
      made_at: first.at,
      client_id: clientId,
      last_seq: 1,
      ...projectionOf(document),
    })
    .execute();
  await writeLog(ctx, 'document', id, 1, first, clientId);
  await indexDocument(ctx, id, document);
}

/** Appends one action and brings row, people and words up to date. */
export async function append(
  ctx: Ctx,
  loaded: Loaded,
  action: DocumentAction,
  clientId: string | null,
): Promise<Loaded> {
  const actions = [...loaded.actions, action];
  const document = foldDocument(actions);
  const seq = loaded.row.last_seq + 1;
  await writeLog(ctx, 'document', loaded.row.id, seq, action, clientId);
  const row = await ctx.db
    .updateTable('office_document')
    .set({ ...projectionOf(document), last_seq: seq })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', loaded.row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (action.kind === 'route' || action.kind === 'see') await writePeople(ctx, row.id, document.people);
  if (action.kind === 'correct' || action.kind === 'edit' || action.kind === 'issue')
    await indexDocument(ctx, row.id, document);
  return { row, actions, document };
}

/** The columns of `office_document` that follow from the fold. A test holds them equal to a fresh fold. */
export function projectionOf(document: Document) {
  const said = document.incoming ?? document.outgoing!;
  return {
    year: document.year,
    number: document.number,
    type: said.type,
    symbol: document.symbol,
    sender: document.incoming?.sender ?? null,
    issued_on: document.issuedOn,
    arrived_on: document.arrivedOn,
    summary: said.summary,
    urgency: said.urgency,
    state: document.state,
    handler_id: document.handler,
    due_at: document.due,
    reply_to: document.outgoing?.replyTo ?? null,
    done_at: document.doneAt,
    reminded_due: document.remindedDue,
    escalated_due: document.escalatedDue,
  };
}

async function indexDocument(ctx: Ctx, id: string, document: Document): Promise<void> {
  const { incoming, outgoing, symbol, number } = document;
  await indexWords(ctx, id, [
    symbol,
    number,
    incoming?.sender,
    incoming?.summary ?? outgoing?.summary,
    outgoing?.body,
    ...(outgoing?.addressees ?? []),
    ...(outgoing?.grounds ?? []),
    ...(outgoing?.copies ?? []),
  ]);
}
