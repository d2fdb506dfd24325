/** The diary's words for kinds, grades and units. */
import { m } from '#i18n/messages';
import { formatNumber, type Locale } from '#kernel/format';
import type { AmountUnit } from '../input/stock.ts';
import type { DoseUnit } from '../input/dose.ts';
import type { EntryKind, Grade } from './entry.ts';

type Words = (inputs: object, options: { locale: Locale }) => string;

const KINDS: Record<EntryKind, Words> = {
  care: m.farming_kind_care,
  fertilise: m.farming_kind_fertilise,
  spray: m.farming_kind_spray,
  irrigate: m.farming_kind_irrigate,
  pick: m.farming_kind_pick,
  other: m.farming_kind_other,
};
const GRADES: Record<Grade, Words> = {
  dinh: m.farming_grade_dinh,
  non_tom: m.farming_grade_non_tom,
  tom_non: m.farming_grade_tom_non,
  mot_tom_hai_la: m.farming_grade_mot_tom_hai_la,
  moc_cau: m.farming_grade_moc_cau,
  bup: m.farming_grade_bup,
};
const DOSES: Record<DoseUnit, Words> = {
  ml_per_ha: m.farming_dose_ml_per_ha,
  l_per_ha: m.farming_dose_l_per_ha,
  g_per_ha: m.farming_dose_g_per_ha,
  kg_per_ha: m.farming_dose_kg_per_ha,
  ml_per_sao: m.farming_dose_ml_per_sao,
  g_per_sao: m.farming_dose_g_per_sao,
};
const AMOUNTS: Record<AmountUnit, Words> = {
  kg: m.farming_amount_kg,
  g: m.farming_amount_g,
  l: m.farming_amount_l,
  ml: m.farming_amount_ml,
  bag: m.farming_amount_bag,
};

export function kindWords(kind: EntryKind, locale: Locale): string {
  return KINDS[kind]({}, { locale });
}

export function gradeWords(grade: Grade, locale: Locale): string {
  return GRADES[grade]({}, { locale });
}

export function doseUnitWords(unit: DoseUnit, locale: Locale): string {
  return DOSES[unit]({}, { locale });
}

export function amountUnitWords(unit: AmountUnit, locale: Locale): string {
  return AMOUNTS[unit]({}, { locale });
}

/** Grams of leaf as they are read: `12,5 kg`. */
export function leafWords(grams: number, locale: Locale): string {
  return `${formatNumber(grams / 1_000, { digits: 1, locale })} kg`;
}
