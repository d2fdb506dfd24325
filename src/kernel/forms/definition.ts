import type { z } from 'zod';
import { dateRefField, refsOf } from './condition-definition.ts';
import { type FlatField, fieldsOf } from './flatten.ts';
import { FormShape } from './shape.ts';

export type { FormPage } from './shape.ts';

/**
 * A form as data. Beyond its shape it holds that
 * - no key and no page id stands twice;
 * - conditions look only at answers asked earlier, so that one pass in order decides what is shown;
 * - date limits look only at dates of the form, and numbers of repetitions at numbers.
 */
export const FormDefinition = FormShape.superRefine((form, ctx) => {
  for (const problem of problemsOf(form)) ctx.addIssue({ code: 'custom', message: problem });
});
export type FormDefinition = z.infer<typeof FormDefinition>;

function problemsOf(form: FormShape): string[] {
  const fields = fieldsOf(form);
  const pages = form.pages.map((page) => page.id);
  const doublePages = pages
    .filter((id, at) => pages.indexOf(id) !== at)
    .map((id) => `page ${id} stands twice`);
  const earlier = new Map<string, FlatField>();
  const inFields = fields.flatMap((field) => {
    const problems = fieldProblems(field, earlier);
    if (earlier.has(field.key)) problems.push(`${field.key} stands twice`);
    earlier.set(field.key, field);
    return problems;
  });
  return [...doublePages, ...inFields];
}

function fieldProblems(field: FlatField, earlier: ReadonlyMap<string, FlatField>): string[] {
  const conditions = [...field.when, ...(field.requiredWhen ? [field.requiredWhen] : [])];
  const refs = conditions.flatMap(refsOf);
  const problems = refs
    .filter((ref) => !earlier.has(ref))
    .map((ref) => `${field.key} depends on ${ref}, which is not asked before it`);
  const counters = conditions.flatMap((one) => (one.op === 'at_least' ? [one.field] : []));
  for (const ref of counters) {
    const kind = earlier.get(ref)?.kind;
    if (kind && kind !== 'number') problems.push(`${field.key} counts ${ref}, which is not a number`);
  }
  if (field.kind !== 'date') return problems;
  const limits = [field.notBefore, field.notAfter].flatMap((ref) => (ref ? dateRefField(ref) : []));
  for (const ref of limits) {
    if (earlier.get(ref)?.kind !== 'date')
      problems.push(`${field.key} is limited by ${ref}, no date asked before it`);
  }
  return problems;
}
