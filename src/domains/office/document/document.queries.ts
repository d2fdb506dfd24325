/** Lists of documents: the register of a year, what is mine, what is late; search without accents. */
import { sql, type SqlBool } from 'kysely';
import { listOfficials } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { allow, may } from '#kernel/rights';
import { localDateOf, yearOf } from '#kernel/time';
import { officialActing, ownDesks } from '../people.ts';
import { askedIds, partOf } from '../asked.ts';
import type { Direction, DocumentState, Outgoing } from './document.ts';
import { FORM_MOVES, isAllowed, type FormMove, type MoveKind } from './moves.ts';
import { asThing, loadDocument, type Loaded } from './record.ts';

export const DOCUMENT_VIEWS = ['mine', 'in', 'out', 'drafts', 'late'] as const;
export type DocumentView = (typeof DOCUMENT_VIEWS)[number];

export type DocumentFilter = {
  view: DocumentView;
  search?: string | undefined;
  type?: string | undefined;
  state?: DocumentState | undefined;
  year?: number | undefined;
  /** An official who has a part in it. */
  official?: string | undefined;
  offset: number;
  limit: number;
};

const COLUMNS = [
  'id',
  'direction',
  'year',
  'number',
  'type',
  'symbol',
  'sender',
  'issued_on',
  'arrived_on',
  'summary',
  'urgency',
  'state',
  'handler_id',
  'due_at',
  'made_at',
  'done_at',
] as const;
export type DocumentRow = Awaited<ReturnType<typeof rowsOf>>[number];

/** More than a commune registers in ten years; what a spreadsheet still takes. */
export const MOST_ROWS = 20_000;

/** One page of a list, newest first (late ones: the most urgent first). */
export async function listDocuments(
  ctx: Ctx,
  filter: DocumentFilter,
): Promise<{ total: number; rows: DocumentRow[] }> {
  allow(ctx, 'office.document.list');
  const desks = await ownDesks(ctx);
  const { total } = await filtered(ctx, filter, desks)
    .select((q) => q.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return { total: Number(total), rows: await rowsOf(filtered(ctx, filter, desks), filter) };
}

/** The same list as a whole; each reading is written to the audit record. */
export async function exportDocuments(ctx: Ctx, filter: DocumentFilter): Promise<DocumentRow[]> {
  allow(ctx, 'office.document.export', { kind: 'documents' }, { view: filter.view });
  return rowsOf(filtered(ctx, filter, await ownDesks(ctx)), { ...filter, offset: 0, limit: MOST_ROWS });
}

/** A document as a reader sees it, with what he may do with it now. */
export type Viewed = Loaded & { moves: FormMove[]; mayAttach: boolean };

/** One document with its history. @throws AppError `office.document.not_found` (404) */
export async function viewDocument(ctx: Ctx, id: string): Promise<Viewed> {
  allow(ctx, 'office.document.view', { kind: 'document', id });
  const loaded = await loadDocument(ctx, id);
  const thing = await asThing(ctx, loaded);
  const { state } = loaded.document;
  const can = (kind: MoveKind) => isAllowed(state, kind) && may(ctx, `office.document.${kind}`, thing);
  return { ...loaded, moves: FORM_MOVES.filter(can), mayAttach: can('attach') };
}

/** Opens the form of a new document in. */
export async function openRegister(ctx: Ctx): Promise<void> {
  allow(ctx, 'office.form.open');
}

/** Opens the form of a draft: who may sign, the writer's unit, and the document that it answers. */
export async function openDraft(ctx: Ctx, replyTo: string | null) {
  allow(ctx, 'office.form.open');
  const today = await listOfficials(ctx, localDateOf(ctx.now));
  const asked = replyTo ? await loadDocument(ctx, replyTo) : null;
  const signers = today.filter(({ unit }) => unit !== 'hamlet' && unit !== 'digital_team');
  return {
    unit: (await officialActing(ctx))?.unit ?? null,
    signers: signers.map(({ id, fullName, post }) => ({ value: id, label: `${fullName}, ${post}` })),
    reply: asked && {
      id: asked.row.id,
      symbol: asked.document.symbol ?? `${asked.document.number}/${asked.document.year}`,
      sender: asked.document.incoming?.sender ?? null,
    },
  };
}

/** The documents that answer this one, and the one that it answers. */
export async function linkedDocuments(ctx: Ctx, id: string, replyTo: string | null): Promise<DocumentRow[]> {
  allow(ctx, 'office.document.list');
  return base(ctx)
    .where((q) => q.or([q('reply_to', '=', id), ...(replyTo ? [q('id', '=', replyTo)] : [])]))
    .select(COLUMNS)
    .orderBy('made_at')
    .execute();
}

/** One line of a book: with the ways it was sent, and for documents out what they were made of. */
export type BookLine = DocumentRow & { dispatched: string | null; content: Outgoing | null };

/** The book of a direction and year, in the order of its numbers; each reading is written to the audit record. */
export async function bookOf(ctx: Ctx, direction: Direction, year: number): Promise<BookLine[]> {
  allow(ctx, 'office.document.read_book', { kind: 'book', id: `${direction}-${year}` });
  const rows = await base(ctx)
    .where('direction', '=', direction)
    .where('year', '=', year)
    .select(COLUMNS)
    .select((q) => [
      q
        .selectFrom('office_action as a')
        .select(sql<string>`string_agg(a.data ->> 'way', ',' order by a.seq)`.as('ways'))
        .whereRef('a.subject_id', '=', 'office_document.id')
        .where('a.commune_id', '=', ctx.commune.id)
        .where('a.kind', '=', 'dispatch')
        .as('dispatched'),
      q
        .selectFrom('office_action as a')
        .select(sql<Outgoing>`a.data -> 'fields'`.as('fields'))
        .whereRef('a.subject_id', '=', 'office_document.id')
        .where('a.commune_id', '=', ctx.commune.id)
        .where('a.kind', 'in', ['draft', 'edit'])
        .orderBy('a.seq', 'desc')
        .limit(1)
        .as('content'),
    ])
    .orderBy('number')
    .limit(MOST_ROWS)
    .execute();
  return rows;
}

/** The years of the registers, the latest first; this year always. */
export async function bookYears(ctx: Ctx): Promise<number[]> {
  allow(ctx, 'office.document.list');
  const rows = await base(ctx).where('year', 'is not', null).select('year').distinct().execute();
  const years = new Set([yearOf(localDateOf(ctx.now)), ...rows.flatMap(({ year }) => year ?? [])]);
  return [...years].sort((a, b) => b - a);
}

type Query = ReturnType<typeof base>;
function base(ctx: Ctx) {
  return ctx.db.selectFrom('office_document').where('office_document.commune_id', '=', ctx.commune.id);
}

function rowsOf(query: Query, { view, offset, limit }: DocumentFilter) {
  const ordered =
    view === 'late'
      ? query.orderBy('due_at')
      : query.orderBy((q) => q.fn.coalesce('year', sql<number>`9999`), 'desc').orderBy('number', 'desc');
  return ordered
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .select(COLUMNS)
    .offset(offset)
    .limit(limit)
    .execute();
}

function filtered(ctx: Ctx, filter: DocumentFilter, desks: readonly string[]): Query {
  let query = viewed(ctx, filter.view, desks);
  if (filter.type) query = query.where('type', '=', filter.type);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.year) query = query.where('year', '=', filter.year);
  for (const ids of askedIds(ctx, filter)) query = query.where('id', 'in', ids);
  return query;
}

function viewed(ctx: Ctx, view: DocumentView, desks: readonly string[]): Query {
  const query = base(ctx);
  switch (view) {
    case 'in':
    case 'out':
      return query.where('direction', '=', view).where('number', 'is not', null);
    case 'drafts':
      return query.where('state', 'in', ['draft', 'submitted', 'signed']);
    case 'late':
      return query
        .where('direction', '=', 'in')
        .where('state', 'in', ['registered', 'routed'])
        .where('due_at', '<', ctx.now);
    case 'mine':
      if (desks.length === 0) return query.where(sql<SqlBool>`false`);
      return query.where('state', '=', 'routed').where('id', 'in', partOf(ctx, desks));
  }
}
