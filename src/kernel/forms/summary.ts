import { type Bilingual, inLocale } from '../bilingual.ts';
import { type Locale, formatDate, formatMoney, formatNumber } from '../format.ts';
import { type LocalDate, parseLocalDate } from '../time.ts';
import type { FormDefinition } from './definition.ts';
import type { FlatField } from './flatten.ts';
import { type FormValue, type FormValues, own } from './values.ts';
import { visibleFields } from './visibility.ts';

/** An answer in words, for the review page and for paper. */
interface SummaryRow {
  key: string;
  label: string;
  /** Empty when the question was asked and not answered. */
  text: string;
  personal: boolean;
}

/** The rows under one heading; a page without groups is one section under its own title. */
export interface SummarySection {
  pageId: string;
  title: string;
  rows: SummaryRow[];
}

export interface SummarySettings {
  today: LocalDate;
  /** Names of hamlets by id; an unknown id is shown as it is. */
  hamletNames?: ReadonlyMap<string, string> | undefined;
  /** Personal answers are masked for readers without the right to see them. */
  masked?: boolean | undefined;
}

const YES: Bilingual = { vi: 'Có', en: 'Yes' };
const NO: Bilingual = { vi: 'Không', en: 'No' };
const AGREED: Bilingual = { vi: 'Đã cam đoan', en: 'Declared' };
const FILES: Bilingual = { vi: 'tệp', en: 'file(s)' };

/** The answers of all questions that are asked, page by page and group by group, in the reader's language. */
export function summary(
  form: FormDefinition,
  values: FormValues,
  locale: Locale,
  settings: SummarySettings,
): SummarySection[] {
  const visible = visibleFields(form, values, settings.today);
  const sections = new Map<string, SummarySection>();
  for (const field of visible.fields) {
    // By title, not by group: a block that is called like its page and what follows it are one thing to read.
    const title = sectionTitle(form, field, locale);
    const id = `${field.pageId}/${title}`;
    const section = sections.get(id) ?? { pageId: field.pageId, title, rows: [] };
    sections.set(id, section);
    section.rows.push({
      key: field.key,
      label: inLocale(field.label, locale),
      text: answerText(field, own(visible.values, field.key), locale, settings),
      personal: field.personal,
    });
  }
  return [...sections.values()];
}

function sectionTitle(form: FormDefinition, field: FlatField, locale: Locale): string {
  if (field.group) {
    const label = inLocale(field.group.label, locale);
    return field.group.number === null ? label : `${label} ${field.group.number}`;
  }
  const page = form.pages.find((one) => one.id === field.pageId);
  return page ? inLocale(page.title, locale) : '';
}

/** One answer in words; empty for none. */
function answerText(
  field: FlatField,
  value: FormValue | undefined,
  locale: Locale,
  settings: Omit<SummarySettings, 'today'> = {},
): string {
  if (value === undefined) return '';
  const text = plainText(field, value, locale, settings);
  return settings.masked && field.personal ? maskText(field, text) : text;
}

function plainText(
  field: FlatField,
  value: FormValue,
  locale: Locale,
  settings: Omit<SummarySettings, 'today'>,
): string {
  switch (field.kind) {
    case 'choice':
    case 'choices': {
      const chosen = field.options.filter((option) => value === option.value || listHas(value, option.value));
      return chosen.map((option) => inLocale(option.label, locale)).join(', ');
    }
    case 'yes_no':
      return inLocale(value === true ? YES : NO, locale);
    case 'declaration':
      return inLocale(AGREED, locale);
    case 'attachment':
      return `${Array.isArray(value) ? value.length : 0} ${inLocale(FILES, locale)}`;
    case 'hamlet':
      return settings.hamletNames?.get(String(value)) ?? String(value);
    case 'date':
      return dateText(String(value), locale);
    case 'money':
      return formatMoney(BigInt(String(value)), locale);
    case 'number': {
      const number = formatNumber(Number(value), { digits: decimalsOf(Number(value)), locale });
      return field.unit ? `${number} ${inLocale(field.unit, locale)}` : number;
    }
    default:
      return String(value);
  }
}

/** A day as it is printed everywhere; `2023-06` as `06/2023`, a year as it is. */
function dateText(date: string, locale: Locale): string {
  const day = parseLocalDate(date);
  return day ? formatDate(day, locale) : date.split('-').reverse().join('/');
}

/** The decimals that were answered: 12.5 has one, 12 none. */
function decimalsOf(number: number): number {
  return String(number).split('.')[1]?.length ?? 0;
}

/** Initials of a name, the last three digits of a number, nothing of the rest. */
function maskText(field: FlatField, text: string): string {
  if (field.kind === 'national_id' || field.kind === 'phone') return `•••${text.slice(-3)}`;
  if (field.kind !== 'text' || field.pattern !== 'person_name') return '•••';
  return text
    .split(' ')
    .map((word) => `${[...word][0]}.`)
    .join(' ');
}

function listHas(value: FormValue, option: string): boolean {
  return Array.isArray(value) && value.includes(option);
}
