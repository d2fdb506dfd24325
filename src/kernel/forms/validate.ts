import type { FormDefinition } from './definition.ts';
import { type FlatField, fieldsOf } from './flatten.ts';
import { type FormContext, readAnswer } from './read-answer.ts';
import { type FieldError, type FormValues, type RawRecord, own } from './values.ts';
import { isRequired, isShown } from './visibility.ts';

/**
 * The name under which a page sends the keys of the questions it showed, so that a question which
 * appears because of an answer on the same page is asked first and only then missed.
 */
export const SHOWN_MARKER = '_shown';

export interface Checked {
  /** The answers in their stored form; hidden and wrong ones are not among them. */
  values: FormValues;
  /** By key of the field, in the order of the form. */
  errors: Record<string, FieldError>;
}

export interface PageReading extends Checked {
  /** Questions of this page that appeared only through its own answers: show the page once more. */
  revealed: string[];
}

/**
 * Reads one posted page over the answers so far. `raw` holds the page's inputs by key (text, or a list
 * where several were sent); other pages' answers cannot be changed through it, nor can attachments,
 * whose files are taken in and removed by verbs of their own.
 * Errors are those of this page; `values` holds the answers of the whole form, without hidden ones.
 */
export function readPage(
  form: FormDefinition,
  pageId: string,
  raw: RawRecord,
  before: FormValues,
  context: FormContext,
): PageReading {
  const shown = shownOnPage(raw);
  const revealed: string[] = [];
  const checked = walk(form, context, (field) => {
    const stored = own(before, field.key);
    if (field.pageId !== pageId) return { input: stored, quiet: true };
    const appeared = shown !== undefined && !shown.has(field.key);
    if (appeared) revealed.push(field.key);
    const kept = appeared || field.kind === 'attachment';
    return { input: kept ? stored : own(raw, field.key), quiet: appeared };
  });
  return { ...checked, revealed };
}

/** Checks all answers, from anything: unknown keys are dropped, wrong types are errors, nothing throws. */
export function validateAll(form: FormDefinition, values: RawRecord, context: FormContext): Checked {
  return walk(form, context, (field) => ({ input: own(values, field.key), quiet: false }));
}

/** One pass in the order of asking, which is enough because conditions look only at earlier answers. */
function walk(
  form: FormDefinition,
  context: FormContext,
  answerTo: (field: FlatField) => { input: unknown; quiet: boolean },
): Checked {
  const values: FormValues = {};
  const errors: Record<string, FieldError> = {};
  for (const field of fieldsOf(form)) {
    if (!isShown(field, values, context.today)) continue;
    const { input, quiet } = answerTo(field);
    const reading = readAnswer(field, input, values, context);
    const error = reading.error ?? missing(field, reading.value === undefined, values, context);
    if (reading.value !== undefined) values[field.key] = reading.value;
    if (error && !quiet) errors[field.key] = error;
  }
  return { values, errors };
}

function missing(
  field: FlatField,
  empty: boolean,
  values: FormValues,
  context: FormContext,
): FieldError | undefined {
  if (!empty || !isRequired(field, values, context.today)) return undefined;
  return { code: field.kind === 'declaration' ? 'must_agree' : 'required', params: {} };
}

function shownOnPage(raw: RawRecord): ReadonlySet<unknown> | undefined {
  const marker = own(raw, SHOWN_MARKER);
  if (marker === undefined) return undefined;
  return new Set(Array.isArray(marker) ? (marker as unknown[]) : [marker]);
}
