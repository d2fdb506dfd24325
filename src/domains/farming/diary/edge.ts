/** Entries in words, as the pages of growers and officials show them. */
import { m } from '#i18n/messages';
import { errorWords } from '#app/words';
import { formatDate, formatDateTime, formatNumber, type Locale } from '#kernel/format';
import { parseLocalDate } from '#kernel/time';
import { findProduct } from '../input/product.ts';
import { DOSE_UNITS, type DoseUnit } from '../input/dose.ts';
import type { AmountUnit } from '../input/stock.ts';
import { areaWords } from '../words.ts';
import type { DiaryEntry } from './entries.queries.ts';
import type { Grade, Reason } from './entry.ts';
import { amountUnitWords, doseUnitWords, gradeWords, kindWords, leafWords } from './words.ts';

type Details = Record<string, unknown>;
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Days and units of a reason as people read them. */
export function wordedParams(params: Reason['params'], locale: Locale): Reason['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const day = typeof value === 'string' ? parseLocalDate(value) : undefined;
      if (day) return [name, formatDate(day, locale)];
      const unit = (DOSE_UNITS as readonly unknown[]).includes(value);
      return [name, unit ? doseUnitWords(value as DoseUnit, locale) : value];
    }),
  );
}

export function reasonWords({ code, params }: Reason, locale: Locale): string {
  return errorWords(code, wordedParams(params, locale), locale);
}

/** The name of a product; its code where the register has none. */
export function productWords(code: string | null): string | null {
  return code === null ? null : (findProduct(code)?.name ?? code);
}

/** What was done, in one line. */
export function summaryOf({ kind, details }: Pick<DiaryEntry, 'kind' | 'details'>, locale: Locale): string {
  const product = productWords(text(details['product_code'])) ?? text(details['name']);
  if (kind === 'pick')
    return `${leafWords(Number(details['leaf_g']), locale)} · ${gradeWords(details['grade'] as Grade, locale)}`;
  if (kind === 'spray') return [product, text(details['pest'])].filter(Boolean).join(' · ');
  if (kind === 'fertilise') return [product, amountOf(details, locale)].filter(Boolean).join(' · ');
  return text(details['what']) ?? '';
}

function amountOf(details: Details, locale: Locale): string {
  const amount = formatNumber(Number(details['amount']), { digits: 1, locale });
  return `${amount} ${amountUnitWords(details['unit'] as AmountUnit, locale)}`;
}

/** A line of a list. */
export function entryRow(entry: DiaryEntry, locale: Locale) {
  return {
    id: entry.id,
    kind: kindWords(entry.kind, locale),
    summary: summaryOf(entry, locale),
    day: formatDate(entry.happenedOn, locale),
    plots: entry.plots.map(({ code }) => code).join(', '),
    marks: marksOf(entry, locale),
  };
}
export type EntryRow = ReturnType<typeof entryRow>;

type Mark = { tone: 'ok' | 'info' | 'warn' | 'bad'; label: string };

/** How an entry is marked: put right, late, back-dated, on behalf. */
export function marksOf(entry: DiaryEntry, locale: Locale): Mark[] {
  const marks: Mark[] = [];
  if (entry.voids) marks.push({ tone: 'bad', label: m.farming_mark_voids({}, { locale }) });
  else if (entry.correctedBy) marks.push({ tone: 'warn', label: m.farming_mark_corrected({}, { locale }) });
  else if (entry.corrects) marks.push({ tone: 'info', label: m.farming_mark_corrects({}, { locale }) });
  if (entry.late) marks.push({ tone: 'warn', label: m.farming_mark_late({}, { locale }) });
  if (entry.backDated) marks.push({ tone: 'warn', label: m.farming_mark_back_dated({}, { locale }) });
  if (entry.byTechnician) marks.push({ tone: 'info', label: m.farming_mark_technician({}, { locale }) });
  return marks;
}

type Fact = { label: string; value: string | null };

/** Everything that is known of an entry. */
export function entryView(entry: DiaryEntry, locale: Locale) {
  return {
    ...entryRow(entry, locale),
    facts: [
      { label: m.farming_fact_when(), value: formatDateTime(entry.happenedAt, locale) },
      { label: m.farming_fact_plots(), value: entry.plots.map(({ code }) => code).join(', ') },
      ...detailFacts(entry, locale),
      { label: m.farming_fact_note(), value: text(entry.details['note']) },
      { label: m.farming_fact_recorded(), value: formatDateTime(entry.recordedAt, locale) },
      { label: m.farming_fact_received(), value: formatDateTime(entry.receivedAt, locale) },
    ],
    remarks: entry.remarks.map((remark) => reasonWords(remark, locale)),
    corrects: entry.corrects,
    correctedBy: entry.correctedBy,
    photos: entry.photos.map(({ id }) => id),
  };
}

function detailFacts({ kind, details }: DiaryEntry, locale: Locale): Fact[] {
  const number = (value: unknown) => (value == null ? null : formatNumber(Number(value), { locale }));
  const product = productWords(text(details['product_code'])) ?? text(details['name']);
  switch (kind) {
    case 'pick':
      return [
        { label: m.farming_fact_leaf(), value: leafWords(Number(details['leaf_g']), locale) },
        { label: m.farming_fact_grade(), value: gradeWords(details['grade'] as Grade, locale) },
        { label: m.farming_fact_pickers(), value: number(details['pickers']) },
      ];
    case 'spray':
      return [
        { label: m.farming_fact_product(), value: product },
        { label: m.farming_fact_pest(), value: text(details['pest']) },
        {
          label: m.farming_fact_dose(),
          value: `${number(details['dose'])} ${doseUnitWords(details['dose_unit'] as DoseUnit, locale)}`,
        },
        { label: m.farming_fact_area(), value: areaWords(Number(details['area_m2']), locale) },
        { label: m.farming_fact_weather(), value: text(details['weather']) },
        { label: m.farming_fact_sprayer(), value: text(details['sprayer_name']) },
      ];
    case 'fertilise':
      return [
        { label: m.farming_fact_product(), value: product },
        { label: m.farming_fact_amount(), value: amountOf(details, locale) },
      ];
    default:
      return [{ label: m.farming_fact_what(), value: text(details['what']) }];
  }
}
