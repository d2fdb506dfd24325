/**
 * One answer. Dates are `YYYY-MM-DD` (or `YYYY-MM`, `YYYY` where a form takes partial dates), money is
 * whole đồng as digits, several choices and files are lists: everything survives JSON unchanged.
 */
export type FormValue = string | number | boolean | string[];

/** The answers of a form by full key. */
export type FormValues = Record<string, FormValue>;

/** A record of the outside world: what a browser posted or a client sent. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** What is wrong with an answer; the words are chosen at the edge (message `error_forms_<code>`). */
export interface FieldError {
  code: FieldErrorCode;
  params: Record<string, string | number>;
}

export const FIELD_ERROR_CODES = [
  'required',
  'must_agree',
  'not_understood',
  'too_short',
  'too_long',
  'bad_person_name',
  'bad_email',
  'bad_tax_code',
  'bad_identity_paper',
  'bad_digits',
  'bad_register_number',
  'bad_clock_time',
  'bad_date',
  'bad_partial_date',
  'date_too_early',
  'date_too_late',
  'bad_national_id',
  'bad_phone',
  'bad_number',
  'not_whole',
  'too_many_decimals',
  'too_small',
  'too_large',
  'bad_money',
  'not_an_option',
  'too_many',
  'bad_file',
] as const;
export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number];

/** Own properties only: a key of the outside world must never reach a prototype. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
