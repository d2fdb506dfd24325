import { m } from '#i18n/messages';
import type { Note, Problem } from './cells.ts';
import type { Field } from './columns.ts';
import { columnLetter } from './columns.ts';
import type { ImportState } from './import.queries.ts';
import type { Finding } from './read-list.ts';

type Params = Record<string, string>;

const STATES: Record<ImportState, () => string> = {
  columns: m.registry_import_state_columns,
  checking: m.registry_import_state_checking,
  checked: m.registry_import_state_checked,
  entering: m.registry_import_state_entering,
  done: m.registry_import_state_done,
};
const FIELD_WORDS: Record<Field, () => string> = {
  hamlet: m.registry_hamlet_label,
  household: m.registry_household_number,
  full_name: m.registry_full_name,
  relation: m.registry_relation,
  birth_date: m.registry_birth_date,
  sex: m.registry_sex,
  national_id: m.registry_national_id,
  phone: m.registry_phone,
  address: m.registry_address,
};
const FINDINGS: Record<Problem | Note, (params: Params) => string> = {
  missing_name: () => m.registry_finding_missing_name(),
  bad_name: ({ stands = '' }) => m.registry_finding_bad_name({ stands }),
  bad_date: ({ stands = '' }) => m.registry_finding_bad_date({ stands }),
  two_digit_year: ({ stands = '' }) => m.registry_finding_two_digit_year({ stands }),
  date_in_future: ({ stands = '' }) => m.registry_finding_date_in_future({ stands }),
  bad_id: ({ stands = '' }) => m.registry_finding_bad_id({ stands }),
  digits_lost: ({ stands = '' }) => m.registry_finding_digits_lost({ stands }),
  id_disagrees: ({ stands = '' }) => m.registry_finding_id_disagrees({ stands }),
  bad_sex: ({ stands = '' }) => m.registry_finding_bad_sex({ stands }),
  bad_relation: ({ stands = '' }) => m.registry_finding_bad_relation({ stands }),
  bad_phone: ({ stands = '' }) => m.registry_finding_bad_phone({ stands }),
  unknown_hamlet: ({ stands = '' }) => m.registry_finding_unknown_hamlet({ stands }),
  missing_hamlet: () => m.registry_finding_missing_hamlet(),
  second_head: ({ row = '' }) => m.registry_finding_second_head({ row }),
  no_head: () => m.registry_finding_no_head(),
  head_left_out: ({ row = '' }) => m.registry_finding_head_left_out({ row }),
  twice_in_list: ({ row = '' }) => m.registry_finding_twice_in_list({ row }),
  ambiguous: ({ count = '' }) => m.registry_finding_ambiguous({ count }),
  lives_elsewhere: ({ number = '' }) => m.registry_finding_lives_elsewhere({ number }),
  other_name: () => m.registry_finding_other_name(),
  other_birth: () => m.registry_finding_other_birth(),
  deceased: () => m.registry_finding_deceased(),
  other_head: () => m.registry_finding_other_head(),
  zeros_added: () => m.registry_finding_zeros_added(),
  year_only: () => m.registry_finding_year_only(),
  old_id_left_out: () => m.registry_finding_old_id_left_out(),
  zero_added_to_phone: () => m.registry_finding_zero_added_to_phone(),
};

export function importStateWords(state: ImportState): string {
  return STATES[state]();
}

export function fieldWords(field: Field): string {
  return FIELD_WORDS[field]();
}

/** What was found, with its cell: `C15: …`. */
export function findingWords({ column, code, params }: Finding, row: number): string {
  const words = FINDINGS[code](params ?? {});
  return column === null ? words : `${columnLetter(column)}${row}: ${words}`;
}
