import { cleanLine, cleanText, lengthOf } from '../text.ts';
import type { LocalDate } from '../time.ts';
import { readDate, resolveDate, spanOf } from './dates.ts';
import type { FlatField } from './flatten.ts';
import { hasPattern, readMoney, readNationalId, readNumber, readPhone } from './formats.ts';
import type { FieldError, FieldErrorCode, FormValue, FormValues } from './values.ts';

/** What a form needs to know besides the answers. */
export interface FormContext {
  today: LocalDate;
  /** The commune's hamlets by id; when given, no other is taken. */
  hamlets?: readonly string[] | undefined;
}

/** An answer, what is wrong with it, or neither when nothing was answered. */
export interface Reading {
  value?: FormValue;
  error?: FieldError;
}

/** Longer input is not even cleaned. */
const HOPELESS = 50_000;
const DEFAULT_LENGTH = { text: 200, longtext: 2000 };
const FILE_ID = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * Reads one answer from anything: what a browser posted, what a client sent, or an answer read before
 * (which comes out unchanged). Never throws. Whether the answer is required is not asked here.
 */
export function readAnswer(
  field: FlatField,
  input: unknown,
  values: FormValues,
  context: FormContext,
): Reading {
  if (input === undefined || input === null) return {};
  switch (field.kind) {
    case 'choices':
      return readChoices(field, input);
    case 'attachment':
      return readFiles(field, input);
    case 'yes_no':
    case 'declaration':
      return readYesNo(field.kind, input);
    default:
      return readSingle(field, input, values, context);
  }
}

type Single = Exclude<FlatField, { kind: 'choices' | 'attachment' | 'yes_no' | 'declaration' }>;

function readSingle(field: Single, input: unknown, values: FormValues, context: FormContext): Reading {
  const single = Array.isArray(input) && input.length === 1 ? (input[0] as unknown) : input;
  if (typeof single === 'number' && field.kind === 'number') return readCount(field, single);
  if (typeof single !== 'string') return wrong('not_understood');
  if (single.length > HOPELESS) return wrong('too_long', { max: maxLength(field) });
  const typed = field.kind === 'longtext' ? cleanText(single) : cleanLine(single);
  if (typed === '') return {};
  switch (field.kind) {
    case 'text':
    case 'longtext':
      return readText(field, typed);
    case 'date':
      return readDay(field, typed, values, context);
    case 'number':
      return readCount(field, readNumber(typed));
    case 'money':
      return readDong(field, typed);
    case 'choice':
      return field.options.some((option) => option.value === typed)
        ? { value: typed }
        : wrong('not_an_option');
    case 'hamlet':
      return knownHamlet(typed, context) ? { value: typed } : wrong('not_an_option');
    case 'national_id':
      return valueOr(readNationalId(typed), 'bad_national_id');
    case 'phone':
      return valueOr(readPhone(typed), 'bad_phone');
  }
}

function readText(field: Extract<Single, { kind: 'text' | 'longtext' }>, typed: string): Reading {
  const length = lengthOf(typed);
  const max = maxLength(field);
  if (length > max) return wrong('too_long', { max });
  if (field.minLength !== undefined && length < field.minLength)
    return wrong('too_short', { min: field.minLength });
  if (field.kind === 'text' && field.pattern && !hasPattern(typed, field.pattern)) {
    return wrong(`bad_${field.pattern}`);
  }
  return { value: typed };
}

function readDay(
  field: Extract<Single, { kind: 'date' }>,
  typed: string,
  values: FormValues,
  context: FormContext,
): Reading {
  const date = readDate(typed, field.partial);
  const span = date === undefined ? undefined : spanOf(date);
  if (date === undefined || !span) return wrong(field.partial ? 'bad_partial_date' : 'bad_date');
  const earliest = field.notBefore && resolveDate(field.notBefore, values, context.today);
  if (earliest && span.last < earliest.first) return wrong('date_too_early', { limit: earliest.first });
  const latest = field.notAfter && resolveDate(field.notAfter, values, context.today);
  if (latest && span.first > latest.last) return wrong('date_too_late', { limit: latest.last });
  return { value: date };
}

function readCount(field: Extract<Single, { kind: 'number' }>, number: number | undefined): Reading {
  if (number === undefined || !Number.isFinite(number)) return wrong('bad_number');
  const scaled = number * 10 ** field.decimals;
  if (Math.abs(scaled - Math.round(scaled)) > 1e-6) {
    return field.decimals === 0 ? wrong('not_whole') : wrong('too_many_decimals', { max: field.decimals });
  }
  const min = field.min ?? 0;
  if (number < min) return wrong('too_small', { min });
  const max = field.max ?? 1_000_000_000_000;
  if (number > max) return wrong('too_large', { max });
  return { value: number };
}

function readDong(field: Extract<Single, { kind: 'money' }>, typed: string): Reading {
  const digits = readMoney(typed);
  if (digits === undefined) return wrong('bad_money');
  if (field.min !== undefined && BigInt(digits) < BigInt(field.min))
    return wrong('too_small', { min: field.min });
  if (field.max !== undefined && BigInt(digits) > BigInt(field.max))
    return wrong('too_large', { max: field.max });
  return { value: digits };
}

function readYesNo(kind: 'yes_no' | 'declaration', input: unknown): Reading {
  const single = Array.isArray(input) && input.length === 1 ? (input[0] as unknown) : input;
  if (single === '') return {};
  if (single === true || single === 'yes') return { value: true };
  if (single !== false && single !== 'no') return wrong('not_understood');
  return kind === 'yes_no' ? { value: false } : {};
}

function readChoices(field: Extract<FlatField, { kind: 'choices' }>, input: unknown): Reading {
  const chosen = listOf(input);
  if (!chosen) return wrong('not_understood');
  const known = field.options.map((option) => option.value);
  if (chosen.some((value) => !known.includes(value))) return wrong('not_an_option');
  const value = known.filter((option) => chosen.includes(option));
  if (field.atMost !== undefined && value.length > field.atMost)
    return wrong('too_many', { max: field.atMost });
  return value.length === 0 ? {} : { value };
}

function readFiles(field: Extract<FlatField, { kind: 'attachment' }>, input: unknown): Reading {
  const files = listOf(input);
  if (!files || files.some((id) => !FILE_ID.test(id))) return wrong('bad_file');
  const value = [...new Set(files)];
  if (value.length > field.maxFiles) return wrong('too_many', { max: field.maxFiles });
  return value.length === 0 ? {} : { value };
}

/** A list of not too many texts; one text is a list of one, an empty text is nothing. */
function listOf(input: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(input) ? input : [input];
  if (list.length > 1000) return undefined;
  const texts = list.filter((one) => typeof one === 'string');
  return texts.length === list.length ? texts.filter((one) => one !== '') : undefined;
}

function knownHamlet(id: string, context: FormContext): boolean {
  return context.hamlets ? context.hamlets.includes(id) : lengthOf(id) <= 64;
}

function maxLength(field: Single): number {
  if (field.kind !== 'text' && field.kind !== 'longtext') return DEFAULT_LENGTH.text;
  return field.maxLength ?? DEFAULT_LENGTH[field.kind];
}

function valueOr(value: string | undefined, code: FieldErrorCode): Reading {
  return value === undefined ? wrong(code) : { value };
}

function wrong(code: FieldErrorCode, params: Record<string, string | number> = {}): Reading {
  return { error: { code, params } };
}
