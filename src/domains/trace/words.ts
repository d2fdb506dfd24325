/** The room's words for kinds, states, grades and steps of tea. */
import { m } from '#i18n/messages';
import type { PlotStandard } from '#domain/farming';
import { formatNumber, type Locale } from '#kernel/format';
import type { Tone } from '#ui/types.ts';
import type { Grade, LotKind, LotState } from './lot/lot.ts';
import type { StepKind } from './lot/step.ts';

type Words = (inputs: object, options: { locale: Locale }) => string;

const KINDS: Record<LotKind, Words> = {
  leaf: m.trace_kind_leaf,
  process: m.trace_kind_process,
  dry: m.trace_kind_dry,
  pack: m.trace_kind_pack,
};
const STATES: Record<LotState, Words> = {
  open: m.trace_state_open,
  held: m.trace_state_held,
  released: m.trace_state_released,
  recalled: m.trace_state_recalled,
  used_up: m.trace_state_used_up,
  undone: m.trace_state_undone,
};
const TONES: Record<LotState, Tone> = {
  open: 'info',
  held: 'warn',
  released: 'ok',
  recalled: 'bad',
  used_up: 'info',
  undone: 'bad',
};
const GRADE_WORDS: Record<Grade, Words> = {
  dinh: m.trace_grade_dinh,
  non_tom: m.trace_grade_non_tom,
  tom_non: m.trace_grade_tom_non,
  mot_tom_hai_la: m.trace_grade_mot_tom_hai_la,
  moc_cau: m.trace_grade_moc_cau,
  bup: m.trace_grade_bup,
};
const STEPS: Record<StepKind, Words> = {
  receive: m.trace_step_receive,
  wither: m.trace_step_wither,
  fix: m.trace_step_fix,
  roll: m.trace_step_roll,
  dry: m.trace_step_dry,
  aroma: m.trace_step_aroma,
  sort: m.trace_step_sort,
  blend: m.trace_step_blend,
  split: m.trace_step_split,
  pack: m.trace_step_pack,
  rework: m.trace_step_rework,
  ship: m.trace_step_ship,
  discard: m.trace_step_discard,
};
const STANDARDS: Record<PlotStandard, Words> = {
  organic: m.trace_standard_organic,
  organic_conversion: m.trace_standard_organic_conversion,
  vietgap: m.trace_standard_vietgap,
  none: m.trace_standard_none,
};
/** What can speak against a release. */
const FINDINGS: Record<string, Words> = {
  not_packed: m.trace_finding_not_packed,
  nothing_left: m.trace_finding_nothing_left,
  recalled: m.trace_finding_recalled,
  held: m.trace_finding_held,
  drying_outside: m.trace_finding_drying_outside,
  drying_unusual: m.trace_finding_drying_unusual,
  yield_outside: m.trace_finding_yield_outside,
  yield_unusual: m.trace_finding_yield_unusual,
  moisture_outside: m.trace_finding_moisture_outside,
  moisture_unknown: m.trace_finding_moisture_unknown,
  certificate_ended: m.trace_finding_certificate_ended,
  test_failed: m.trace_finding_test_failed,
  test_ended: m.trace_finding_test_ended,
  test_missing: m.trace_finding_test_missing,
};

export function kindWords(kind: LotKind, locale: Locale): string {
  return KINDS[kind]({}, { locale });
}

export function stateWords(state: LotState, locale: Locale): string {
  return STATES[state]({}, { locale });
}

export function toneOf(state: LotState): Tone {
  return TONES[state];
}

export function gradeWords(grade: Grade, locale: Locale): string {
  return GRADE_WORDS[grade]({}, { locale });
}

export function stepWords(kind: StepKind, locale: Locale): string {
  return STEPS[kind]({}, { locale });
}

export function standardWords(standard: PlotStandard, locale: Locale): string {
  return STANDARDS[standard]({}, { locale });
}

export function findingWords(code: string, locale: Locale): string {
  return FINDINGS[code]?.({}, { locale }) ?? code;
}

/** Grams as kilograms: `12,5 kg`. */
export function kiloWords(g: bigint, locale: Locale): string {
  const digits = g % 1000n === 0n ? 0 : g % 100n === 0n ? 1 : 3;
  return `${formatNumber(Number(g) / 1000, { digits, locale })} kg`;
}
