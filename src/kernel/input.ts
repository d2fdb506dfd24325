/**
 * What verbs are given, checked once: zod schemas whose messages are error codes, so that a form and the
 * API can show the same fault in the same words beside the field.
 */
import { z } from 'zod';
import { AppError } from './errors.ts';
import { toPhone } from './phone.ts';
import { cleanLine, cleanText, lengthOf } from './text.ts';
import { parseLocalDate, type LocalDate } from './time.ts';

/**
 * The input as its schema reads it.
 * @throws AppError `input.invalid` (422) with one code for each field at fault
 */
export function checked<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw new AppError('input.invalid', 422, {}, faultsOf(result.error));
}

/** One code for each place at fault, as in `papers.0.name.vi`. */
export function faultsOf(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) fields[path.map(String).join('.')] ??= issueCode(issue);
  }
  return fields;
}

/** The error code of one fault: the schema's own where it names one, else the kind of fault. */
export function issueCode(issue: { code?: string | undefined; message: string; input?: unknown }): string {
  if (issue.input === '') return 'input.missing';
  if (/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(issue.message)) return issue.message;
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return missing ? 'input.missing' : `input.${issue.code ?? 'invalid'}`;
}

/** Stops with one field at fault. @throws AppError `input.invalid` (422) always */
export function refuseField(field: string, code: string): never {
  throw new AppError('input.invalid', 422, {}, { [field]: code });
}

function cleaned(clean: (text: string) => string, max: number) {
  return z
    .string()
    .max(20 * max + 1000, 'input.too_big')
    .transform(clean)
    .refine((text) => text !== '', 'input.missing')
    .refine((text) => lengthOf(text) <= max, 'input.too_big');
}

/** One line that must be there, cleaned, of at most `max` characters. */
export function line(max: number) {
  return cleaned(cleanLine, max);
}

/** Several lines that must be there, cleaned. */
export function lines(max: number) {
  return cleaned(cleanText, max);
}

/** A field that may be left empty: forms send `''` for it. */
export function optional<S extends z.ZodType>(schema: S) {
  const emptied = z.preprocess((value) => (isEmpty(value) ? null : value), schema.nullable());
  return emptied as z.ZodType<z.output<S> | null, z.input<S> | null | undefined>;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && cleanLine(value) === '');
}

/** A day of the calendar, `YYYY-MM-DD`. */
export const Day = z.string().transform((text, context): LocalDate => {
  const date = parseLocalDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: 'input.bad_date' });
  return z.NEVER;
});

/** A Vietnamese telephone number in any usual writing, kept as `+84…`. */
export const Phone = z.string().transform((text, context): string => {
  const phone = toPhone(text);
  if (phone !== undefined) return phone;
  context.addIssue({ code: 'custom', message: 'input.bad_phone' });
  return z.NEVER;
});

/** An e-mail address; the provider decides whether it exists. */
export const Email = line(200).refine(
  (text) => /^[^\s@<>()",;:\\[\]]+@[^\s@<>()",;:\\[\].]+(\.[^\s@<>()",;:\\[\].]+)+$/.test(text),
  'input.bad_email',
);

/** One of our ids. */
export const Id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'input.unknown');
