import { type LocalDate, addDays, addMonths, daysBetween } from '../time.ts';
import { resolveDate } from './dates.ts';
import type { FormDefinition } from './definition.ts';
import { type FlatField, fieldsOf } from './flatten.ts';
import { knownAnswer, type PrefillFacts } from './prefill.ts';
import type { FormContext } from './read-answer.ts';
import type { FormValue, FormValues } from './values.ts';
import { isRequired, isShown } from './visibility.ts';

/** Gives numbers from 0 (with it) to 1 (without it); a seeded one makes the same answers every time. */
export type Random = () => number;

const FAMILY = ['Nguyễn', 'Trần', 'Hoàng', 'Lê', 'Phạm', 'Dương', 'Lý', 'Triệu', 'Ma', 'Đặng'];
const MIDDLE = ['Văn', 'Thị', 'Hữu', 'Thanh', 'Minh', 'Ngọc', 'Đức', 'Thu'];
const GIVEN = ['An', 'Bình', 'Chiến', 'Dung', 'Hà', 'Hương', 'Khánh', 'Lan', 'Thắng', 'Yến'];

/**
 * Fills a form with answers that it takes: for the demonstration and for tests. `share` is how often a question
 * that may stay empty is answered; what `facts` say of the applicant is answered so, as in a prefilled form.
 */
export function sampleAnswers(
  form: FormDefinition,
  context: FormContext,
  random: Random,
  share = 0.5,
  facts: PrefillFacts = {},
): FormValues {
  const values: FormValues = {};
  for (const field of fieldsOf(form)) {
    if (!isShown(field, values, context.today)) continue;
    const known = knownAnswer(field, values, facts, context);
    if (known === undefined && !isRequired(field, values, context.today) && random() >= share) continue;
    const answer = known ?? sampleAnswer(field, values, context, random);
    if (answer !== undefined) values[field.key] = answer;
  }
  return values;
}

function sampleAnswer(
  field: FlatField,
  values: FormValues,
  context: FormContext,
  random: Random,
): FormValue | undefined {
  switch (field.kind) {
    case 'text':
    case 'longtext':
      return sampleText(field, random);
    case 'date':
      return sampleDate(field, values, context.today, random);
    case 'national_id':
      return `019${digits(9, random)}`;
    case 'phone':
      return `09${digits(8, random)}`;
    case 'number':
      return few(Math.ceil(field.min ?? 0), Math.floor(field.max ?? Infinity), random);
    case 'money':
      return String(between(field.min ?? 1_000_000, field.max ?? (field.min ?? 0) + 500_000_000, random));
    case 'choice':
      return pick(field.options, random)?.value;
    case 'choices':
      return [pick(field.options, random)?.value ?? ''];
    case 'yes_no':
      return random() < 0.5;
    case 'declaration':
      return true;
    case 'hamlet':
      return context.hamlets ? pick(context.hamlets, random) : 'khe-coc';
    case 'attachment':
      return [`file-${digits(8, random)}`];
  }
}

function sampleText(field: Extract<FlatField, { kind: 'text' | 'longtext' }>, random: Random): string {
  if (field.kind === 'text' && field.suggestions) return pick(field.suggestions, random) ?? '';
  switch (field.kind === 'text' ? field.pattern : undefined) {
    case 'person_name':
      return [FAMILY, MIDDLE, GIVEN].map((names) => pick(names, random)).join(' ');
    case 'email':
      return `ba.con.${digits(4, random)}@example.vn`;
    case 'tax_code':
      return digits(10, random);
    case 'identity_paper':
      return `B${digits(7, random)}`;
    case 'digits':
      return digits(field.minLength ?? 4, random);
    case 'register_number':
      return `${between(1, 200, random)}/${between(1990, 2024, random)}`;
    case 'clock_time':
      return `${between(0, 23, random)}:30`;
    default:
      return 'Theo giấy tờ kèm theo'
        .padEnd(field.minLength ?? 0, '.')
        .slice(0, field.maxLength ?? 200)
        .trim();
  }
}

/** A day inside the limits, not far from the nearer one, so that ages and dates look like life. */
function sampleDate(
  field: Extract<FlatField, { kind: 'date' }>,
  values: FormValues,
  today: LocalDate,
  random: Random,
): string | undefined {
  const latest = field.notAfter && resolveDate(field.notAfter, values, today)?.last;
  const earliest = field.notBefore && resolveDate(field.notBefore, values, today)?.first;
  const last = latest ?? (earliest ? addMonths(earliest, 12) : today);
  const first = earliest ?? addMonths(last, -480);
  if (first > last) return undefined;
  return addDays(first, between(0, daysBetween(first, last), random));
}

function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random() * list.length)];
}

function between(min: number, max: number, random: Random): number {
  return min + Math.floor(random() * (max - min + 1));
}

/** People count copies, pages and helpers, and mostly need few of them. */
function few(min: number, max: number, random: Random): number {
  return between(min, Math.min(max, min + Math.floor(20 * random() ** 4)), random);
}

function digits(count: number, random: Random): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
}
