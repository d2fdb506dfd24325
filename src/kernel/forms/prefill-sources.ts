/** What the register, the sign-in and the commune can offer as an answer; the person may change it. */
export const PREFILL_SOURCES = [
  'applicant.full_name',
  'applicant.birth_date',
  'applicant.sex',
  'applicant.national_id',
  'applicant.id_issued_on',
  'applicant.id_issued_by',
  'applicant.ethnicity',
  'applicant.nationality',
  'applicant.phone',
  'applicant.email',
  'applicant.residence_hamlet',
  'applicant.residence',
  'household.head_name',
  'household.head_national_id',
  'household.head_relation',
  'commune.name',
  'today',
] as const;
export type PrefillSource = (typeof PREFILL_SOURCES)[number];
