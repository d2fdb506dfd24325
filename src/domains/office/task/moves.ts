/** The one table of what may happen to a task after it was given: from which states, by whom. */
import type { Rule } from '#kernel/rights';
import type { TaskKind, TaskState } from './task.ts';

type Move = {
  from: readonly TaskState[];
  /** The right is `office.task.<kind>`. */
  who: Rule;
  /** Whose own it is for the rule's `owner`: who works on it, or who gave it. */
  own: 'worker' | 'giver' | 'both';
};

const OPEN = ['given', 'doing'] as const;
const ALIVE = ['given', 'doing', 'reported'] as const;
const OWNER: Rule = { people: 'owner' };
const OWNER_OR_LEADER: Rule = { people: 'owner', roles: ['leader'] };

export const MOVES: Record<Exclude<TaskKind, 'give'>, Move> = {
  accept: { from: ['given'], who: OWNER, own: 'worker' },
  progress: { from: OPEN, who: OWNER, own: 'worker' },
  report: { from: OPEN, who: OWNER, own: 'worker' },
  close: { from: ALIVE, who: OWNER_OR_LEADER, own: 'giver' },
  send_back: { from: ['reported'], who: OWNER_OR_LEADER, own: 'giver' },
  hand_over: { from: OPEN, who: OWNER_OR_LEADER, own: 'giver' },
  involve: { from: OPEN, who: OWNER_OR_LEADER, own: 'both' },
  postpone: { from: OPEN, who: OWNER_OR_LEADER, own: 'giver' },
  comment: {
    from: [...ALIVE, 'closed'],
    who: { people: 'owner', roles: ['leader', 'clerk', 'specialist', 'police', 'admin'] },
    own: 'both',
  },
  attach: { from: ALIVE, who: OWNER_OR_LEADER, own: 'both' },
  cancel: { from: ALIVE, who: OWNER_OR_LEADER, own: 'giver' },
  remind: { from: OPEN, who: { system: true }, own: 'both' },
  escalate: { from: OPEN, who: { system: true }, own: 'both' },
  recalculate: { from: OPEN, who: { system: true }, own: 'both' },
};

export type TaskMove = keyof typeof MOVES;

/** The moves that people ask for by a form, in the order in which they are offered. */
export const TASK_FORM_MOVES = [
  'accept',
  'report',
  'close',
  'progress',
  'send_back',
  'comment',
  'hand_over',
  'involve',
  'postpone',
  'cancel',
] as const;
export type TaskFormMove = (typeof TASK_FORM_MOVES)[number];

/** Whether the table allows the move from a state. */
export function isAllowed(state: TaskState, kind: TaskMove): boolean {
  return MOVES[kind].from.includes(state);
}

/** The rights of a task's moves, for the room's manifest. */
export function taskRights(): Record<string, Rule> {
  return Object.fromEntries(Object.entries(MOVES).map(([kind, { who }]) => [`office.task.${kind}`, who]));
}
