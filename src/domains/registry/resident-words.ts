import { m } from '#i18n/messages';
import type { Purpose, Sex } from './resident.ts';

const PURPOSE_WORDS: Record<Purpose, () => string> = {
  dossier: m.registry_purpose_dossier,
  own_request: m.registry_purpose_own_request,
  correction: m.registry_purpose_correction,
  inspection: m.registry_purpose_inspection,
  visit: m.registry_purpose_visit,
};
const SEX_WORDS: Record<Sex, () => string> = {
  male: m.registry_sex_male,
  female: m.registry_sex_female,
  other: m.registry_sex_other,
};

/** Why a record is opened, in the reader's language. */
export function purposeWords(purpose: Purpose): string {
  return PURPOSE_WORDS[purpose]();
}

export function sexWords(sex: Sex): string {
  return SEX_WORDS[sex]();
}
