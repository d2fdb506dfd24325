/** The one table of what may happen to a document after its first action: from which states, by whom. */
import type { Rule } from '#kernel/rights';
import type { DocumentKind, DocumentState } from './document.ts';

type Move = {
  from: readonly DocumentState[];
  /** The right is `office.document.<kind>`; owners are the officials to whom it was routed. */
  who: Rule;
};

const DESK = ['clerk', 'specialist', 'leader', 'police', 'admin'] as const;
/** Who keeps the registers (văn thư). */
const REGISTRARS = ['clerk', 'specialist', 'admin'] as const;
const OPEN_IN = ['registered', 'routed'] as const;

export const MOVES: Record<Exclude<DocumentKind, 'register' | 'draft'>, Move> = {
  correct: { from: OPEN_IN, who: { roles: REGISTRARS } },
  // NĐ 30/2020 art. 16: the head directs, the registrar hands on.
  route: { from: OPEN_IN, who: { roles: [...REGISTRARS, 'leader'] } },
  see: { from: ['routed', 'done'], who: { people: 'owner', audit: 'none' } },
  finish: { from: ['routed'], who: { people: 'owner', roles: ['leader'] } },
  answer: { from: [...OPEN_IN, 'done'], who: { roles: REGISTRARS } },
  reopen: { from: ['done'], who: { roles: ['leader', 'clerk'] } },
  remark: {
    from: [...OPEN_IN, 'done', 'draft', 'submitted', 'signed', 'issued'],
    who: { roles: DESK },
  },
  attach: {
    from: [...OPEN_IN, 'done', 'draft', 'submitted', 'signed', 'issued'],
    who: { roles: DESK },
  },
  edit: { from: ['draft'], who: { roles: DESK } },
  submit: { from: ['draft'], who: { roles: DESK } },
  send_back: { from: ['submitted'], who: { roles: ['leader'] } },
  sign: { from: ['submitted'], who: { roles: ['leader'] } },
  // NĐ 30/2020 art. 15: the number is given when the paper is signed, by who keeps the register.
  issue: { from: ['signed'], who: { roles: REGISTRARS } },
  dispatch: { from: ['issued'], who: { roles: REGISTRARS } },
  discard: { from: ['draft', 'submitted'], who: { roles: DESK } },
  remind: { from: OPEN_IN, who: { system: true } },
  escalate: { from: OPEN_IN, who: { system: true } },
  recalculate: { from: OPEN_IN, who: { system: true } },
};

export type MoveKind = keyof typeof MOVES;

/** The moves that people ask for by a form. */
export const FORM_MOVES = [
  'route',
  'finish',
  'sign',
  'issue',
  'submit',
  'send_back',
  'edit',
  'correct',
  'dispatch',
  'reopen',
  'remark',
  'discard',
] as const;
export type FormMove = (typeof FORM_MOVES)[number];

/** Whether the table allows the move from a state. */
export function isAllowed(state: DocumentState, kind: MoveKind): boolean {
  return MOVES[kind].from.includes(state);
}

/** The rights of a document's moves, for the room's manifest. */
export function documentRights(): Record<string, Rule> {
  return Object.fromEntries(Object.entries(MOVES).map(([kind, { who }]) => [`office.document.${kind}`, who]));
}
