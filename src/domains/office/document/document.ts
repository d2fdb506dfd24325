/**
 * A document in (văn bản đến) or out (văn bản đi): what it says of itself, what can happen to it, and what
 * follows from that. Pure; times of office are computed by the verbs.
 */
import type { Asked } from '../due.ts';
import type { Logged } from '../log.ts';
import type { Person } from '../people.ts';
import type { Urgency } from './kinds.ts';

export type Direction = 'in' | 'out';

/** In: registered → routed → done. Out: draft → submitted → signed → issued; or discarded. */
export type DocumentState =
  'registered' | 'routed' | 'done' | 'draft' | 'submitted' | 'signed' | 'issued' | 'discarded';

export const STATES: readonly DocumentState[] = [
  'registered',
  'routed',
  'done',
  'draft',
  'submitted',
  'signed',
  'issued',
  'discarded',
];

/** What a document in says of itself. */
export type Incoming = {
  type: string;
  /** Số, ký hiệu of the sender. */
  symbol: string | null;
  sender: string;
  issuedOn: string | null;
  summary: string;
  urgency: Urgency;
};

/** What a document out is made of; the layout is that of NĐ 30/2020, annex I. */
export type Outgoing = {
  type: string;
  summary: string;
  urgency: Urgency;
  /** The unit's sign in the symbol of a letter. */
  unitSign: string;
  /** Kính gửi: */
  addressees: string[];
  /** Căn cứ …: */
  grounds: string[];
  /** The text, paragraphs parted by a line end. */
  body: string;
  /** Nơi nhận: */
  copies: string[];
  signerId: string;
  replyTo: string | null;
};

/** What each action says. Instants are ISO texts: actions are kept as JSON. */
export type DocumentData = {
  register: {
    number: number;
    year: number;
    on?: string;
    fields: Incoming;
    due: string | null;
    asked?: Asked | null;
  };
  correct: { fields: Incoming };
  route: {
    handler: string;
    with: string[];
    informed: string[];
    due: string | null;
    asked?: Asked | null;
    note: string | null;
  };
  see: Record<string, never>;
  finish: { note: string };
  answer: { reply: string; symbol: string };
  reopen: { note: string };
  remark: { note: string };
  attach: { names: string[] };
  draft: { fields: Outgoing };
  edit: { fields: Outgoing };
  submit: { note: string | null };
  send_back: { note: string };
  sign: Record<string, never>;
  issue: { number: number; year: number; symbol: string; on: string };
  dispatch: { way: DispatchWay; note: string | null };
  discard: { note: string };
  remind: { due: string };
  escalate: { due: string };
  recalculate: { letter: string; before: string; due: string };
};

export const DISPATCH_WAYS = ['exchange', 'email', 'post', 'hand'] as const;
export type DispatchWay = (typeof DISPATCH_WAYS)[number];

export type DocumentKind = keyof DocumentData;
export type DocumentAction = {
  [Kind in DocumentKind]: Logged<Kind, DocumentData[Kind]>;
}[DocumentKind];

/** Where a document stands. */
export type Document = {
  direction: Direction;
  state: DocumentState;
  number: number | null;
  year: number | null;
  /** As printed on the paper; a draft has none. */
  symbol: string | null;
  incoming: Incoming | null;
  outgoing: Outgoing | null;
  due: Date | null;
  /** What was asked for as a limit; null where it is not known any more. */
  asked: Asked | null;
  handler: string | null;
  people: Person[];
  /** Documents in: when the work was done or the answer issued; documents out: when issued. */
  doneAt: Date | null;
  issuedOn: string | null;
  /** Documents in: the day of arrival as the book has it; null where only the time of registering is known. */
  arrivedOn: string | null;
  remindedDue: Date | null;
  escalatedDue: Date | null;
};

/** Folds the actions of one document. @throws Error for an empty list: every document begins with an action */
export function foldDocument(actions: readonly DocumentAction[]): Document {
  const [first, ...rest] = actions;
  if (!first) throw new Error('a document without actions');
  return rest.reduce(step, begun(first));
}

function begun(first: DocumentAction): Document {
  const blank = {
    number: null,
    year: null,
    symbol: null,
    incoming: null,
    outgoing: null,
    due: null,
    asked: null,
    handler: null,
    people: [],
    doneAt: null,
    issuedOn: null,
    arrivedOn: null,
    remindedDue: null,
    escalatedDue: null,
  };
  if (first.kind === 'register') {
    const { number, year, on = null, fields, due, asked = null } = first.data;
    const { symbol, issuedOn } = fields;
    const said = { symbol, issuedOn, incoming: fields };
    const known = { number, year, ...said, arrivedOn: on, due: instant(due), asked };
    return { ...blank, direction: 'in', state: 'registered', ...known };
  }
  if (first.kind === 'draft')
    return { ...blank, direction: 'out', state: 'draft', outgoing: first.data.fields };
  throw new Error(`no document begins with ${first.kind}`);
}

function step(document: Document, action: DocumentAction): Document {
  const { kind, data, at } = action;
  switch (kind) {
    case 'correct':
      return {
        ...document,
        incoming: data.fields,
        symbol: data.fields.symbol,
        issuedOn: data.fields.issuedOn,
      };
    case 'route':
      return routed(document, data);
    case 'see':
      return { ...document, people: seen(document.people, action.officialId, at) };
    case 'finish':
    case 'answer':
      return { ...document, state: 'done', doneAt: at };
    case 'reopen':
      return { ...document, state: 'routed', doneAt: null };
    case 'edit':
      return { ...document, outgoing: data.fields };
    case 'submit':
      return { ...document, state: 'submitted' };
    case 'send_back':
      return { ...document, state: 'draft' };
    case 'sign':
      return { ...document, state: 'signed' };
    case 'issue': {
      const { number, year, symbol, on } = data;
      return { ...document, state: 'issued', number, year, symbol, issuedOn: on, doneAt: at };
    }
    case 'discard':
      return { ...document, state: 'discarded', doneAt: at };
    case 'remind':
      return { ...document, remindedDue: instant(data.due) };
    case 'escalate':
      return { ...document, escalatedDue: instant(data.due) };
    case 'recalculate':
      return { ...document, due: instant(data.due) };
    default:
      return document;
  }
}

/** Who had opened it before has not to open it again; who is no longer named is out. */
function routed(document: Document, data: DocumentData['route']): Document {
  const before = new Map(document.people.map(({ officialId, seenAt }) => [officialId, seenAt]));
  const parts = new Map<string, Person['part']>([
    ...data.informed.map((id) => [id, 'informed'] as const),
    ...data.with.map((id) => [id, 'with'] as const),
    [data.handler, 'handler'],
  ]);
  const people = [...parts].map(([officialId, part]) => ({
    officialId,
    part,
    seenAt: before.get(officialId) ?? null,
  }));
  return {
    ...document,
    state: 'routed',
    handler: data.handler,
    people,
    due: instant(data.due),
    asked: data.asked ?? null,
  };
}

function seen(people: readonly Person[], officialId: string | null, at: Date): Person[] {
  return people.map((person) =>
    person.officialId === officialId && person.seenAt === null ? { ...person, seenAt: at } : person,
  );
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
