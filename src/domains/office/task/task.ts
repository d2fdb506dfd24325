/** A task: what can happen to it and what follows from that. Pure; times of office are computed by the verbs. */
import type { Asked } from '../due.ts';
import type { Urgency } from '../document/kinds.ts';
import type { Logged } from '../log.ts';

/** Given → doing → reported → closed; or cancelled. */
export const TASK_STATES = ['given', 'doing', 'reported', 'closed', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** What a task comes from; the id is that of the document, dossier, calendar entry or indicator. */
export const SOURCES = ['person', 'document', 'meeting', 'dossier', 'indicator'] as const;
export type Source = { kind: (typeof SOURCES)[number]; id: string | null };

/** What each action says. Instants are ISO texts: actions are kept as JSON. */
export type TaskData = {
  give: {
    title: string;
    detail: string | null;
    source: Source;
    assignee: string;
    unit: string;
    with: string[];
    due: string | null;
    asked?: Asked | null;
    urgency: Urgency;
  };
  accept: Record<string, never>;
  progress: { percent: number; note: string | null };
  report: { note: string };
  send_back: { note: string };
  close: { note: string | null };
  cancel: { note: string };
  hand_over: { to: string; unit: string; note: string | null };
  involve: { with: string[] };
  postpone: { due: string | null; asked?: Asked | null; note: string };
  comment: { note: string };
  attach: { names: string[] };
  remind: { due: string };
  escalate: { due: string };
  recalculate: { letter: string; before: string; due: string };
};
export type TaskKind = keyof TaskData;
export type TaskAction = { [Kind in TaskKind]: Logged<Kind, TaskData[Kind]> }[TaskKind];

/** Where a task stands. */
export type Task = {
  state: TaskState;
  title: string;
  detail: string | null;
  source: Source;
  assignee: string;
  /** The assignee's part of the commune when it was given to him. */
  unit: string;
  giver: string | null;
  with: string[];
  urgency: Urgency;
  due: Date | null;
  /** What was asked for as a limit; null where it is not known any more. */
  asked: Asked | null;
  /** In percent; 100 once it is reported. */
  progress: number;
  /** When it was last reported as done; when it was closed, if nobody reported. */
  finishedAt: Date | null;
  remindedDue: Date | null;
  escalatedDue: Date | null;
};

/** Folds the actions of one task. @throws Error for a list that does not begin with giving it */
export function foldTask(actions: readonly TaskAction[]): Task {
  const [first, ...rest] = actions;
  if (first?.kind !== 'give') throw new Error('a task begins with giving it');
  const { due, asked, ...said } = first.data;
  return rest.reduce(step, {
    ...said,
    state: 'given',
    giver: first.officialId,
    due: instant(due),
    asked: asked ?? null,
    progress: 0,
    finishedAt: null,
    remindedDue: null,
    escalatedDue: null,
  });
}

function step(task: Task, { kind, data, at }: TaskAction): Task {
  switch (kind) {
    case 'accept':
      return { ...task, state: 'doing' };
    case 'progress':
      return { ...task, state: 'doing', progress: data.percent };
    case 'report':
      return { ...task, state: 'reported', progress: 100, finishedAt: at };
    case 'send_back':
      return { ...task, state: 'doing', finishedAt: null };
    case 'close':
      return { ...task, state: 'closed', progress: 100, finishedAt: task.finishedAt ?? at };
    case 'cancel':
      return { ...task, state: 'cancelled', finishedAt: null };
    case 'hand_over':
      return {
        ...task,
        state: 'given',
        assignee: data.to,
        unit: data.unit,
        with: task.with.filter((one) => one !== data.to),
      };
    case 'involve':
      return { ...task, with: data.with };
    case 'postpone':
      return { ...task, due: instant(data.due), asked: data.asked ?? null };
    case 'recalculate':
      return { ...task, due: instant(data.due) };
    case 'remind':
      return { ...task, remindedDue: instant(data.due) };
    case 'escalate':
      return { ...task, escalatedDue: instant(data.due) };
    default:
      return task;
  }
}

/** Whether work is still to be done. */
export function isOpenTask(state: TaskState): boolean {
  return state === 'given' || state === 'doing';
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
