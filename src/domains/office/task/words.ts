/** Words for tasks: states, sources, moves, units. */
import { m } from '#i18n/messages';
import type { OfficialUnit } from '#domain/registry';
import { officeTone } from '../tone.ts';
import type { Label } from '../words.ts';
import type { TaskFormMove } from './moves.ts';
import type { Source, TaskState } from './task.ts';
import type { TaskView } from './task.queries.ts';

const STATE_WORDS: Record<TaskState, () => string> = {
  given: m.office_task_state_given,
  doing: m.office_task_state_doing,
  reported: m.office_task_state_reported,
  closed: m.office_task_state_closed,
  cancelled: m.office_task_state_cancelled,
};

export function taskStateWords(state: TaskState): string {
  return STATE_WORDS[state]();
}

export function taskLabel(state: TaskState): Label {
  return { label: STATE_WORDS[state](), ...officeTone(state) };
}

export const TASK_VIEW_WORDS: Record<TaskView, () => string> = {
  mine: m.office_task_view_mine,
  given: m.office_task_view_given,
  open: m.office_task_view_open,
  late: m.office_task_view_late,
  closed: m.office_task_view_closed,
};

export const SOURCE_WORDS: Record<Source['kind'], () => string> = {
  person: m.office_task_source_person,
  document: m.office_task_source_document,
  meeting: m.office_task_source_meeting,
  dossier: m.office_task_source_dossier,
  indicator: m.office_task_source_indicator,
};

export const TASK_MOVE_TITLES: Record<TaskFormMove, () => string> = {
  accept: m.office_task_move_accept,
  report: m.office_task_move_report,
  close: m.office_task_move_close,
  progress: m.office_task_move_progress,
  send_back: m.office_task_move_send_back,
  comment: m.office_task_move_comment,
  hand_over: m.office_task_move_hand_over,
  involve: m.office_task_move_involve,
  postpone: m.office_task_move_postpone,
  cancel: m.office_task_move_cancel,
};

const UNIT_WORDS: Record<OfficialUnit, () => string> = {
  leaders: m.office_unit_leaders,
  one_stop: m.office_unit_one_stop,
  office: m.office_unit_office,
  justice: m.office_unit_justice,
  land: m.office_unit_land,
  finance: m.office_unit_finance,
  culture: m.office_unit_culture,
  police: m.office_unit_police,
  military: m.office_unit_military,
  hamlet: m.office_unit_hamlet,
  digital_team: m.office_unit_digital_team,
};

/** The name of a part of the commune. */
export function unitName(unit: string): string {
  return UNIT_WORDS[unit as OfficialUnit]?.() ?? unit;
}
