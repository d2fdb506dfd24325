/** The inputs of a form's page: which control a question takes, and what stands in it. */
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import type { Locale } from '#kernel/format';
import { resolveDate } from '#kernel/forms/dates';
import type { FlatField } from '#kernel/forms/flatten';
import { SHOWN_MARKER } from '#kernel/forms/validate';
import { type FieldError, type FormValues, type RawRecord, own } from '#kernel/forms/values';
import { type LocalDate, parseLocalDate } from '#kernel/time';
import type { ChoiceOption, FieldView, KeptFile } from '#ui/form/view.ts';

export interface FormViewSettings {
  locale: Locale;
  today: LocalDate;
  hamlets: readonly { id: string; name: string }[];
  /** What was posted, when the page comes back: people see again what they typed, right or wrong. */
  raw?: RawRecord | undefined;
  errors?: Readonly<Record<string, FieldError>> | undefined;
  /** Keys that were filled in from the register. */
  prefilled?: readonly string[] | undefined;
  /** Files taken in already, by key of the question. */
  files?: ReadonlyMap<string, Omit<KeptFile, 'removeLabel'>[]> | undefined;
}

/** What remains of a field's view when the common part is taken away. */
export type Control<V = FieldView> = V extends FieldView
  ? Omit<V, 'name' | 'id' | 'label' | 'help' | 'optional' | 'note' | 'error' | 'required'>
  : never;

/** The input of a question with what stands in it. */
export function controlOf(field: FlatField, values: FormValues, settings: FormViewSettings): Control {
  const { locale } = settings;
  const answers = answersTo(field, values, settings);
  const answer = answers[0] ?? '';
  switch (field.kind) {
    case 'longtext':
      return { kind: 'text', value: answer, rows: (field.maxLength ?? 2000) > 500 ? 6 : 3 };
    case 'choice':
    case 'choices':
      return {
        kind: field.kind === 'choice' ? 'one' : 'several',
        options: optionsOf(field, answers, locale),
      };
    case 'yes_no':
      return { kind: 'one', options: yesNo(answer, locale) };
    case 'declaration':
      return { kind: 'agree', checked: answer === 'yes' };
    case 'hamlet':
      return {
        kind: 'list',
        none: m.forms_no_hamlet({}, { locale }),
        options: settings.hamlets.map(({ id, name }) => ({ value: id, label: name, checked: id === answer })),
      };
    case 'attachment':
      return fileControl(field, settings);
    default:
      return { kind: 'line', value: answer, ...lineOf(field, answer, values, settings) };
  }
}

/** What stands in the inputs: what was just typed if anything was, else the stored answer as people type it. */
function answersTo(field: FlatField, values: FormValues, settings: FormViewSettings): string[] {
  const { raw } = settings;
  const posted = raw && own(raw, SHOWN_MARKER);
  const wasShown = posted !== undefined && [posted].flat().includes(field.key);
  if (raw && (wasShown || Object.hasOwn(raw, field.key))) {
    return [own(raw, field.key)].flat().filter((one): one is string => typeof one === 'string');
  }
  const value = own(values, field.key);
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
  if (field.kind === 'date' && !field.partial) return [String(value)];
  if (field.kind === 'date') return [value.toString().split('-').reverse().join('/')];
  // With a comma and without groups it reads back the same in either language.
  if (field.kind === 'number') return [value.toString().replace('.', ',')];
  return [String(value)];
}

function optionsOf(
  field: Extract<FlatField, { kind: 'choice' | 'choices' }>,
  answers: readonly string[],
  locale: Locale,
): ChoiceOption[] {
  return field.options.map((option) => ({
    value: option.value,
    label: inLocale(option.label, locale),
    help: option.help && inLocale(option.help, locale),
    checked: answers.includes(option.value),
  }));
}

function yesNo(answer: string, locale: Locale): ChoiceOption[] {
  return [
    { value: 'yes', label: m.forms_yes({}, { locale }), checked: answer === 'yes' },
    { value: 'no', label: m.forms_no({}, { locale }), checked: answer === 'no' },
  ];
}

type Line = Omit<Extract<Control, { kind: 'line' }>, 'kind' | 'value'>;

function lineOf(field: FlatField, answer: string, values: FormValues, settings: FormViewSettings): Line {
  const { autocomplete } = field;
  switch (field.kind) {
    case 'date':
      // A native date input cannot show what it does not understand, nor a year alone.
      if (field.partial || (answer !== '' && !parseLocalDate(answer))) {
        return { type: 'text', inputmode: 'numeric', autocomplete, size: 'short' };
      }
      return {
        type: 'date',
        autocomplete,
        size: 'short',
        min: field.notBefore && resolveDate(field.notBefore, values, settings.today)?.first,
        max: field.notAfter && resolveDate(field.notAfter, values, settings.today)?.last,
      };
    case 'phone':
      return { type: 'tel', inputmode: 'tel', autocomplete, size: 'middle' };
    case 'national_id':
      return { type: 'text', inputmode: 'numeric', autocomplete, size: 'middle' };
    case 'money':
      return {
        type: 'text',
        inputmode: 'numeric',
        size: 'middle',
        unit: settings.locale === 'vi' ? 'đ' : 'VND',
      };
    case 'number':
      return {
        type: 'text',
        inputmode: field.decimals > 0 ? 'decimal' : 'numeric',
        size: 'short',
        unit: field.unit && inLocale(field.unit, settings.locale),
      };
    case 'text':
      return textLine(field);
    default:
      return { type: 'text' };
  }
}

function textLine(field: Extract<FlatField, { kind: 'text' }>): Line {
  const { autocomplete, suggestions } = field;
  if (field.pattern === 'email') return { type: 'email', inputmode: 'email', autocomplete, size: 'middle' };
  return {
    type: 'text',
    inputmode: field.pattern === 'digits' ? 'numeric' : undefined,
    autocomplete,
    size: (field.maxLength ?? 200) <= 60 ? 'middle' : undefined,
    suggestions,
  };
}

const FILE_TYPE_NAMES = { 'application/pdf': 'PDF', 'image/jpeg': 'JPEG', 'image/png': 'PNG' };

function fileControl(field: Extract<FlatField, { kind: 'attachment' }>, settings: FormViewSettings): Control {
  const { locale } = settings;
  const rules = {
    types: field.accept.map((type) => FILE_TYPE_NAMES[type]).join(', '),
    size: String(Math.floor(field.maxBytes / 1_000_000)),
    pages: String(field.maxPages),
    files: String(field.maxFiles),
  };
  return {
    kind: 'files',
    accept: field.accept.join(','),
    multiple: field.maxFiles > 1,
    rules: m.forms_file_rules(rules, { locale }),
    files: (settings.files?.get(field.key) ?? []).map((file) => ({
      ...file,
      removeLabel: m.forms_file_remove({ name: file.name }, { locale }),
    })),
  };
}
