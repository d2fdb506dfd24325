/** Words a form's page for the renderer: the one place where codes, answers and messages meet. */
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import { type Locale, formatDate, formatNumber } from '#kernel/format';
import type { FormDefinition } from '#kernel/forms/definition';
import type { FlatField } from '#kernel/forms/flatten';
import { type SummarySettings, summary } from '#kernel/forms/summary';
import { SHOWN_MARKER } from '#kernel/forms/validate';
import { type FieldError, type FormValues, own } from '#kernel/forms/values';
import { visibleFields } from '#kernel/forms/visibility';
import { parseLocalDate } from '#kernel/time';
import type { FieldView, PageView, SectionView } from '#ui/form/view.ts';
import { type FormViewSettings, controlOf } from './form-control.ts';

export type { FormViewSettings } from './form-control.ts';

/** What is wrong with an answer, in the reader's words (message `error_forms_<code>`). */
export function fieldErrorWords(error: FieldError, locale: Locale): string {
  const words = m as unknown as Record<
    string,
    ((params: Record<string, string>, options: { locale: Locale }) => string) | undefined
  >;
  const params = Object.fromEntries(
    Object.entries(error.params).map(([name, value]) => [name, paramText(value, locale)]),
  );
  return (
    words[`error_forms_${error.code}`]?.(params, { locale }) ?? m.error_forms_not_understood({}, { locale })
  );
}

function paramText(value: string | number, locale: Locale): string {
  if (typeof value === 'number') return formatNumber(value, { locale });
  const day = parseLocalDate(value);
  return day ? formatDate(day, locale) : value;
}

/** One page of a form as the renderer takes it. Undefined when nothing on that page is asked. */
export function pageView(
  form: FormDefinition,
  pageId: string,
  values: FormValues,
  settings: FormViewSettings,
): PageView | undefined {
  const page = form.pages.find((one) => one.id === pageId);
  const visible = visibleFields(form, values, settings.today);
  const fields = visible.fields.filter((field) => field.pageId === pageId);
  if (!page || fields.length === 0) return undefined;
  const { locale } = settings;
  const sections = sectionsOf(fields, visible.values, form.verified, settings);
  const title = inLocale(page.title, locale);
  for (const section of sections) section.titleHidden = section.title === title;
  const wrong = sections.flatMap((section) => section.fields).filter((field) => field.error);
  return {
    title,
    help: page.help && inLocale(page.help, locale),
    sections,
    shown: { name: SHOWN_MARKER, keys: fields.map((field) => field.key) },
    errorsTitle: m.forms_errors_title({ count: String(wrong.length) }, { locale }),
    errors: wrong.map((field) => ({ href: `#${field.id}`, label: errorLine(field.label, field.error) })),
    files: fields.some((field) => field.kind === 'attachment'),
  };
}

function sectionsOf(
  fields: readonly FlatField[],
  values: FormValues,
  formVerified: boolean,
  settings: FormViewSettings,
): SectionView[] {
  const sections = new Map<string, SectionView>();
  for (const field of fields) {
    const id = field.group ? idOf(field.group.id) : 'f';
    const section = sections.get(id) ?? { id, ...headOf(field, settings.locale), fields: [] };
    sections.set(id, section);
    section.fields.push(fieldView(field, values, formVerified, settings));
  }
  return [...sections.values()];
}

function headOf(field: FlatField, locale: Locale): { title?: string; help?: string | undefined } {
  if (!field.group) return {};
  const label = inLocale(field.group.label, locale);
  return {
    title: field.group.number === null ? label : `${label} ${field.group.number}`,
    help: field.group.help && inLocale(field.group.help, locale),
  };
}

function fieldView(
  field: FlatField,
  values: FormValues,
  formVerified: boolean,
  settings: FormViewSettings,
): FieldView {
  const { locale } = settings;
  const error = settings.errors && own(settings.errors, field.key);
  const must = field.required || field.requiredWhen !== undefined;
  const common = {
    name: field.key,
    id: idOf(field.key),
    label: inLocale(field.label, locale),
    help: field.help && inLocale(field.help, locale),
    optional: must ? undefined : m.forms_optional({}, { locale }),
    note: noteOf(field, formVerified, settings),
    error: error && fieldErrorWords(error, locale),
    required: field.required,
  };
  return { ...common, ...controlOf(field, values, settings) };
}

function noteOf(field: FlatField, formVerified: boolean, settings: FormViewSettings): string | undefined {
  const { locale, prefilled = [] } = settings;
  if (prefilled.includes(field.key)) return m.forms_prefilled({}, { locale });
  return formVerified && !field.verified ? m.forms_unverified({}, { locale }) : undefined;
}

/** The question and what is wrong with its answer; what ends as a sentence needs no colon. */
function errorLine(label: string, error = ''): string {
  return /[?.!]$/.test(label) ? `${label} ${error}` : `${label}: ${error}`;
}

/** All answers for the review page (`Review.svelte`); `hrefOf` gives the address of a page of the form. */
export function reviewView(
  form: FormDefinition,
  values: FormValues,
  locale: Locale,
  settings: SummarySettings,
  hrefOf?: (pageId: string) => string,
): {
  id: string;
  title: string;
  rows: { label: string; value: string }[];
  change?: { href: string; word: string; label: string };
}[] {
  return summary(form, values, locale, settings).map((section, at) => ({
    id: `review-${at}`,
    title: section.title,
    rows: section.rows.map(({ label, text }) => ({ label, value: text })),
    ...(hrefOf && {
      change: {
        href: hrefOf(section.pageId),
        word: m.forms_change({}, { locale }),
        label: m.forms_review_change({ page: section.title }, { locale }),
      },
    }),
  }));
}

/** An id that an address can point to: keys hold points. */
function idOf(key: string): string {
  return `f-${key.replaceAll('.', '-')}`;
}
