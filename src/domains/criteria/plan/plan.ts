/** How an indicator's plan stands on a day. Pure. */
import type { LocalDate } from '#kernel/time';
import type { BoardLine } from '../board.ts';

export type Step = {
  id: string;
  what: string;
  beginsOn: LocalDate;
  due: LocalDate;
  official: string | null;
  taskId: string | null;
  end: { way: 'done' | 'dropped'; on: LocalDate; note: string | null } | null;
};

export const RISKS = ['low', 'medium', 'high'] as const;
export type Risk = (typeof RISKS)[number];

/** In the order in which the board shows them: what is late first. */
export const PLAN_STATES = ['late', 'nobody', 'doing', 'waiting', 'reached'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

type Planned = { deadline: LocalDate | null } | undefined;

/** The day that was missed longest ago: the deadline, or that of a step that is still open; null where none was. */
export function missedSince(planned: Planned, steps: readonly Step[], today: LocalDate): LocalDate | null {
  const days = [
    ...(planned?.deadline ? [planned.deadline] : []),
    ...steps.filter(({ end }) => end === null).map(({ due }) => due),
  ].filter((day) => day < today);
  return days.toSorted()[0] ?? null;
}

/** Where an indicator stands on the plan's board. What is reached or does not apply is never late. */
export function planState(
  line: Pick<BoardLine, 'status' | 'waiting'>,
  planned: Planned,
  missed: LocalDate | null,
): PlanState {
  if (line.status === 'reached' || line.status === 'not_applicable') return 'reached';
  if (missed !== null) return 'late';
  if (line.waiting) return 'waiting';
  return planned === undefined ? 'nobody' : 'doing';
}

/** A span on the timeline: from the first step's beginning to the deadline, or to the last step's day. */
export function spanOf(
  planned: { from: LocalDate; deadline: LocalDate | null } | undefined,
  steps: readonly Step[],
): { from: LocalDate; to: LocalDate } | null {
  const days = [
    ...(planned ? [planned.from, ...(planned.deadline ? [planned.deadline] : [])] : []),
    ...steps.flatMap(({ beginsOn, due }) => [beginsOn, due]),
  ].toSorted();
  const [from, to] = [days[0], days.at(-1)];
  return from !== undefined && to !== undefined ? { from, to } : null;
}
