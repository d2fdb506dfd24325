import { m } from '#i18n/messages';
import type { Locale } from '#kernel/format';
import type { OfficialUnit } from './official.ts';

const WORDS: Record<OfficialUnit, (inputs: object, options: { locale: Locale }) => string> = {
  leaders: m.registry_unit_leaders,
  one_stop: m.registry_unit_one_stop,
  office: m.registry_unit_office,
  justice: m.registry_unit_justice,
  land: m.registry_unit_land,
  finance: m.registry_unit_finance,
  culture: m.registry_unit_culture,
  police: m.registry_unit_police,
  military: m.registry_unit_military,
  hamlet: m.registry_unit_hamlet,
  digital_team: m.registry_unit_digital_team,
};

/** The name of a part of the commune. */
export function unitWords(unit: OfficialUnit, locale: Locale): string {
  return WORDS[unit]({}, { locale });
}
