/** Words for what this room counts and lists. */
import { m } from '#i18n/messages';
import { formatNumber, formatPercent, type Locale } from '#kernel/format';
import type { Direction } from '#kernel/geo';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';
import type { Condition, FORMS, Inspection, SOURCES, Surface, WorkKind } from './work.ts';

type Words = () => string;

export const KIND_WORDS: Record<WorkKind, Words> = {
  road: m.places_kind_road,
  irrigation: m.places_kind_irrigation,
  transformer: m.places_kind_transformer,
  school: m.places_kind_school,
  hall: m.places_kind_hall,
  loudspeaker: m.places_kind_loudspeaker,
};

export const CONDITION_WORDS: Record<Condition, Words> = {
  good: m.places_condition_good,
  fair: m.places_condition_fair,
  poor: m.places_condition_poor,
  unsafe: m.places_condition_unsafe,
};

export const SURFACE_WORDS: Record<Surface, Words> = {
  concrete: m.places_surface_concrete,
  asphalt: m.places_surface_asphalt,
  gravel: m.places_surface_gravel,
  earth: m.places_surface_earth,
};

export const SOURCE_WORDS: Record<(typeof SOURCES)[number], Words> = {
  state: m.places_source_state,
  people: m.places_source_people,
  other: m.places_source_other,
};

export const FORM_WORDS: Record<(typeof FORMS)[number], Words> = {
  money: m.places_form_money,
  labour: m.places_form_labour,
  land: m.places_form_land,
  material: m.places_form_material,
};

export const DIRECTION_WORDS: Record<Direction, Words> = {
  n: m.places_direction_n,
  ne: m.places_direction_ne,
  e: m.places_direction_e,
  se: m.places_direction_se,
  s: m.places_direction_s,
  sw: m.places_direction_sw,
  w: m.places_direction_w,
  nw: m.places_direction_nw,
};

/** Whether a work is at standard, as a status: word, icon and colour together. */
export function standardStatus(standing: Pick<Inspection, 'atStandard'> | null | undefined): {
  tone: Tone;
  label: string;
  icon?: IconName;
} {
  if (!standing) return { tone: 'info', label: m.places_standard_unknown() };
  if (standing.atStandard) return { tone: 'ok', label: m.places_standard_yes() };
  return { tone: 'warn', label: m.places_standard_no() };
}

/** Metres as kilometres with two decimals: `4,30`. */
export function kilometres(metres: number, locale: Locale): string {
  return formatNumber(metres / 1000, { digits: 2, locale });
}

/** How much of a road is hardened: `4,30 km trên 4,30 km (100,0 %)`. Null for what is no road. */
export function hardenedWords(
  standing: Pick<Inspection, 'lengthM' | 'hardenedM'> | null | undefined,
  locale: Locale,
): string | null {
  if (!standing || standing.lengthM === null) return null;
  const hardenedM = standing.hardenedM ?? 0;
  return m.places_hardened_of({
    hardened: kilometres(hardenedM, locale),
    length: kilometres(standing.lengthM, locale),
    share: formatPercent(hardenedM, standing.lengthM, locale),
  });
}
