/** The one table of allowed moves: which action, from which states, by whom. */
import type { Rule } from '#kernel/rights';
import type { ProcedureVersion } from '../procedure.ts';
import { OPEN, type ActionKind, type Dossier, type State } from './dossier.ts';

/** What of the procedure decides about moves. */
type Law = Pick<ProcedureVersion, 'timeLimit' | 'steps'>;

type Move = {
  from: readonly State[];
  /** Who may; the right is `services.dossier.<kind>`. */
  who: Rule;
  /** A further condition on the dossier and its law, with the code of the refusal. */
  unless?: readonly [code: string, when: (dossier: Dossier, law: Law) => boolean][];
};

const ON_DESK = ['received', 'processing'] as const;
const STAFF = ['clerk', 'specialist', 'leader', 'police'] as const;

export const MOVES: Record<Exclude<ActionKind, 'file'>, Move> = {
  receive: { from: ['registered'], who: { roles: ['clerk', 'police'] } },
  decline: { from: ['registered'], who: { roles: ['clerk', 'police'] } },
  digitise: { from: OPEN, who: { roles: ['clerk', 'police'] } },
  assign: { from: ON_DESK, who: { roles: ['clerk', 'leader', 'police'] } },
  advance: {
    from: ['processing'],
    who: { roles: STAFF },
    unless: [['services.dossier.last_step', (dossier, law) => dossier.step >= law.steps.length - 1]],
  },
  send_back: { from: ['processing'], who: { roles: ['specialist', 'leader', 'police'] } },
  hand_over: { from: OPEN, who: { roles: STAFF } },
  // Whose official has left: back to the leader, who assigns it anew.
  unassign: { from: OPEN, who: { roles: ['leader'], system: true } },
  request_supplement: {
    from: ['registered', 'received', 'processing'],
    who: { roles: STAFF },
    // NĐ 61/2018 art. 15.3: once, and complete.
    unless: [['services.dossier.supplement_asked_before', (dossier) => dossier.supplementAsked]],
  },
  supplement: { from: ['supplement'], who: { people: 'owner', roles: ['clerk', 'police'] } },
  request_payment: { from: ON_DESK, who: { roles: ['clerk', 'specialist', 'police'] } },
  collect_fee: {
    from: ['registered', 'received', 'processing', 'payment', 'done'],
    who: { roles: ['clerk', 'police'] },
  },
  stop: { from: ON_DESK, who: { roles: ['specialist', 'leader', 'police'] } },
  resume: { from: ['stopped'], who: { roles: ['specialist', 'leader', 'police'] } },
  consult: { from: ['processing'], who: { roles: ['specialist', 'leader', 'police'] } },
  consulted: { from: ['processing', 'stopped'], who: { roles: ['specialist', 'leader', 'clerk', 'police'] } },
  extend: {
    from: ON_DESK,
    who: { roles: ['leader', 'police'] },
    unless: [
      ['services.dossier.no_extension', (_, law) => !law.timeLimit?.extendedBy],
      ['services.dossier.extended_before', (dossier) => dossier.extended],
    ],
  },
  apologise: {
    from: ON_DESK,
    who: { roles: ['clerk', 'leader', 'police'] },
    // NĐ 61/2018 art. 19.9: a new date at most once.
    unless: [['services.dossier.reappointed_before', (dossier) => dossier.apologised]],
  },
  recalculate: { from: OPEN, who: { system: true } },
  decide: { from: ['processing'], who: { roles: ['leader', 'police'] } },
  withdraw: { from: OPEN, who: { people: 'owner', roles: ['clerk', 'police'] } },
  return: { from: ['done'], who: { roles: ['clerk', 'police'], system: true } },
  remark: { from: [...OPEN, 'done', 'returned', 'withdrawn', 'not_received'], who: { roles: STAFF } },
};

export type MoveKind = keyof typeof MOVES;

/** Why a move is not possible now, as an error code; null when it is. */
export function whyNot(dossier: Dossier, law: Law, kind: MoveKind): string | null {
  const move = MOVES[kind];
  if (!move.from.includes(dossier.state)) return 'services.dossier.not_in_this_state';
  return move.unless?.find(([, when]) => when(dossier, law))?.[0] ?? null;
}

/** The moves that state and law allow, whoever asks. */
export function possibleMoves(dossier: Dossier, law: Law): MoveKind[] {
  return (Object.keys(MOVES) as MoveKind[]).filter((kind) => whyNot(dossier, law, kind) === null);
}

/** The rights of dossier actions, for the room's manifest. */
export function moveRights(): Record<string, Rule> {
  return Object.fromEntries(
    Object.entries(MOVES).map(([kind, { who }]) => [`services.dossier.${kind}`, who]),
  );
}
