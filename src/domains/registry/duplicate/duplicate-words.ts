import { m } from '#i18n/messages';
import type { Sign } from './duplicate.ts';

const SIGN_WORDS: Record<Sign, () => string> = {
  same_name: m.registry_sign_same_name,
  accents_differ: m.registry_sign_accents_differ,
  order_differs: m.registry_sign_order_differs,
  some_words_shared: m.registry_sign_some_words_shared,
  same_birth: m.registry_sign_same_birth,
  day_month_swapped: m.registry_sign_day_month_swapped,
  year_only: m.registry_sign_year_only,
  same_year: m.registry_sign_same_year,
  other_year: m.registry_sign_other_year,
  same_phone: m.registry_sign_same_phone,
  id_slip: m.registry_sign_id_slip,
  id_fits: m.registry_sign_id_fits,
  other_id: m.registry_sign_other_id,
  other_sex: m.registry_sign_other_sex,
  same_household: m.registry_sign_same_household,
  same_hamlet: m.registry_sign_same_hamlet,
};

/** Why two records look alike, or not, in plain words. */
export function signWords(sign: Sign): string {
  return SIGN_WORDS[sign]();
}
