/** Words of the ratings: indices, grades, the groups of QĐ 766/QĐ-TTg. */
import { m } from '#i18n/messages';
import type { Group766, Missing } from './groups.ts';
import type { Index } from './indices.ts';

const INDEX_WORDS: Record<Index, () => string> = {
  1: m.services_quality_index_1,
  2: m.services_quality_index_2,
  3: m.services_quality_index_3,
  4: m.services_quality_index_4,
  5: m.services_quality_index_5,
  6: m.services_quality_index_6,
  7: m.services_quality_index_7,
  8: m.services_quality_index_8,
  9: m.services_quality_index_9,
};

export function indexWords(index: Index): string {
  return INDEX_WORDS[index]();
}

const GRADE_WORDS: Record<string, () => string> = {
  excellent: m.services_quality_excellent,
  good: m.services_quality_good,
  fair: m.services_quality_fair,
  average: m.services_quality_average,
  weak: m.services_quality_weak,
  all_done: m.services_quality_all_done,
  mostly_done: m.services_quality_mostly_done,
  not_done: m.services_quality_not_done,
};

/** The grade of the desk, or of an official or unit. */
export function gradeWords(grade: string): string {
  return GRADE_WORDS[grade]?.() ?? grade;
}

const GROUP_WORDS: Record<Group766, () => string> = {
  transparency: m.services_quality_transparency,
  progress: m.services_quality_progress,
  digitisation: m.services_quality_digitisation,
  online: m.services_quality_online,
  satisfaction: m.services_quality_satisfaction,
};

export function group766Words(group: Group766): string {
  return GROUP_WORDS[group]();
}

const COMPONENT_WORDS: Record<string, () => string> = {
  progress: m.services_quality_c_progress,
  electronic_result: m.services_quality_c_electronic_result,
  digitised: m.services_quality_c_digitised,
  procedure_content: m.services_quality_c_procedure_content,
  population_data: m.services_quality_c_population_data,
  whole_online_share: m.services_quality_c_whole_online_share,
  published_on_time: m.services_quality_c_published_on_time,
  updated_on_time: m.services_quality_c_updated_on_time,
  content_complete: m.services_quality_c_content_complete,
  status_sync: m.services_quality_c_status_sync,
  certified_copies: m.services_quality_c_certified_copies,
  data_reuse: m.services_quality_c_data_reuse,
  personal_store: m.services_quality_c_personal_store,
  online_payment: m.services_quality_c_online_payment,
  feedback_on_time: m.services_quality_c_feedback_on_time,
  feedback_content: m.services_quality_c_feedback_content,
};

export function componentWords(code: string): string {
  return COMPONENT_WORDS[code]?.() ?? code;
}

const MISSING_WORDS: Record<Missing, () => string> = {
  national_portal: m.services_quality_missing_portal,
  payments: m.services_quality_missing_payments,
  feedback: m.services_quality_missing_feedback,
  no_cases: m.services_quality_missing_cases,
};

/** Why a component has no points. */
export function missingWords(missing: Missing): string {
  return MISSING_WORDS[missing]();
}

const UNIT_WORDS: Record<string, () => string> = {
  commune_committee: m.services_quality_unit_committee,
  commune_police: m.services_quality_unit_police,
};

export function unitWords(unit: string): string {
  return UNIT_WORDS[unit]?.() ?? unit;
}
