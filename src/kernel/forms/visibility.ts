import type { LocalDate } from '../time.ts';
import { holds } from './conditions.ts';
import type { FormDefinition, FormPage } from './definition.ts';
import { type FlatField, fieldsOf } from './flatten.ts';
import { type FormValues, own } from './values.ts';

/** Whether a question is asked, given the answers asked before it that are themselves shown. */
export function isShown(field: FlatField, earlier: FormValues, today: LocalDate): boolean {
  return field.when.every((condition) => holds(condition, earlier, today));
}

/** Whether an answer must be given. */
export function isRequired(field: FlatField, earlier: FormValues, today: LocalDate): boolean {
  return field.required || (field.requiredWhen !== undefined && holds(field.requiredWhen, earlier, today));
}

/** The questions that are asked with these answers, and their answers: what is hidden does not count. */
export function visibleFields(
  form: FormDefinition,
  values: FormValues,
  today: LocalDate,
): { fields: FlatField[]; values: FormValues } {
  const fields: FlatField[] = [];
  const kept: FormValues = {};
  for (const field of fieldsOf(form)) {
    if (!isShown(field, kept, today)) continue;
    fields.push(field);
    const answer = own(values, field.key);
    if (answer !== undefined) kept[field.key] = answer;
  }
  return { fields, values: kept };
}

/** The pages on which something is asked with these answers, in order. */
export function visiblePages(form: FormDefinition, values: FormValues, today: LocalDate): FormPage[] {
  const asked = new Set(visibleFields(form, values, today).fields.map((field) => field.pageId));
  return form.pages.filter((page) => asked.has(page.id));
}

/** The answers without those to questions that are not asked any more, and without keys of no question. */
export function dropHidden(form: FormDefinition, values: FormValues, today: LocalDate): FormValues {
  return visibleFields(form, values, today).values;
}
