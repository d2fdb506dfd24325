/** The phone's words: few, and only these, so that they fit into a small program. */
import { m } from '#i18n/messages';
import { getLocale } from '#i18n/runtime';
import { formatDate, formatDateTime, formatNumber } from '#kernel/format';
import type { LocalDate } from '#kernel/time';
import type { EntryKind, Grade, Reason } from '../../diary/entry.ts';
import type { End } from '../core/ask.ts';
import type { Bundle, Plot } from '../core/bundle.ts';
import type { State } from '../core/outbox.ts';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';
import { REASONS } from './reasons.ts';
import type { Need } from './form.ts';

type Word = () => string;

export const KINDS: Record<EntryKind, { word: Word; icon: IconName }> = {
  pick: { word: m.farming_phone_kind_pick, icon: 'leaf' },
  spray: { word: m.farming_phone_kind_spray, icon: 'spray' },
  fertilise: { word: m.farming_phone_kind_fertilise, icon: 'sack' },
  irrigate: { word: m.farming_phone_kind_irrigate, icon: 'drop' },
  care: { word: m.farming_phone_kind_care, icon: 'hand' },
  other: { word: m.farming_phone_kind_other, icon: 'edit' },
};

export const GRADES: Record<Grade, Word> = {
  mot_tom_hai_la: m.farming_phone_grade_one_two,
  bup: m.farming_phone_grade_bud,
  tom_non: m.farming_phone_grade_tom_non,
  non_tom: m.farming_phone_grade_non_tom,
  moc_cau: m.farming_phone_grade_moc_cau,
  dinh: m.farming_phone_grade_dinh,
};

export const DOSES: Record<string, Word> = {
  ml_per_sao: m.farming_phone_dose_ml_sao,
  g_per_sao: m.farming_phone_dose_g_sao,
  ml_per_ha: m.farming_phone_dose_ml_ha,
  l_per_ha: m.farming_phone_dose_l_ha,
  g_per_ha: m.farming_phone_dose_g_ha,
  kg_per_ha: m.farming_phone_dose_kg_ha,
};

export const UNITS: Record<string, Word> = {
  kg: () => 'kg',
  g: () => 'g',
  l: m.farming_phone_unit_l,
  ml: () => 'ml',
  bag: m.farming_phone_unit_bag,
};

export const NEEDS: Record<Need, Word> = {
  plots: m.farming_phone_need_plots,
  what: m.farming_phone_need_what,
  product: m.farming_phone_need_product,
  dose: m.farming_phone_need_dose,
  area: m.farming_phone_need_area,
  pest: m.farming_phone_need_pest,
  amount: m.farming_phone_need_amount,
  leaf: m.farming_phone_need_leaf,
  time: m.farming_phone_need_time,
};

export const STATES: Record<State, { word: Word; tone: Tone; icon?: IconName }> = {
  draft: { word: m.farming_phone_state_draft, tone: 'warn', icon: 'edit' },
  waiting: { word: m.farming_phone_state_waiting, tone: 'info' },
  sent: { word: m.farming_phone_state_sent, tone: 'info', icon: 'send' },
  saved: { word: m.farming_phone_state_saved, tone: 'ok' },
  refused: { word: m.farming_phone_state_refused, tone: 'bad' },
};

/** What is said of a sync that did not come to its end; nothing where that needs no word. */
export const ENDS: Partial<Record<End, Word>> = {
  full: m.farming_phone_end_full,
  offline: m.farming_phone_end_offline,
  busy: m.farming_phone_end_busy,
  other_person: m.error_farming_sync_other_person,
  refused: m.farming_phone_end_refused,
  outdated: m.farming_phone_end_outdated,
};

/** Why something was refused, or what is not known of it. */
export function reasonWords({ code, params }: Reason, bundle: Bundle | null): string {
  const name = (value: unknown) => bundle?.products.find((product) => product.code === value)?.name;
  const shown = Object.entries(params).map(([key, value]) => [key, shownParam(value, name(value))]);
  const word = REASONS[code];
  return word ? word(Object.fromEntries(shown)) : m.farming_phone_reason_other({ code });
}

function shownParam(value: unknown, product: string | undefined): string {
  const text = String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return dayWords(text as LocalDate);
  return DOSES[text]?.() ?? product ?? text;
}

export function dayWords(day: LocalDate): string {
  return formatDate(day, getLocale());
}

/** `05/06/2026 07:30`, by the commune's clock. */
export function momentWords(at: string): string {
  const moment = new Date(at);
  return formatDateTime(Number.isNaN(moment.getTime()) ? null : moment, getLocale());
}

export function plotWords({ code, name }: Pick<Plot, 'code' | 'name'>): string {
  return name ? `${code} · ${name}` : code;
}

/** `12,5 kg`; `360 m²`. */
export function amountWords(value: number, unit: string, digits = 0): string {
  return `${formatNumber(value, { digits, locale: getLocale() })} ${unit}`;
}
