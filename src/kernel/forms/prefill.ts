import type { FormDefinition } from './definition.ts';
import { type FlatField, fieldsOf } from './flatten.ts';
import type { PrefillSource } from './prefill-sources.ts';
import { type FormContext, readAnswer } from './read-answer.ts';
import { type FormValue, type FormValues, own } from './values.ts';
import { isShown } from './visibility.ts';

/** What is known of the applicant, the household and the commune, as texts a person could have typed. */
export type PrefillFacts = Partial<Record<PrefillSource, string>>;

/**
 * Fills questions that are asked and not answered yet from what is known. Facts that the form would
 * refuse are left out. `prefilled` names the keys, so that the page can say where an answer came from.
 */
export function prefill(
  form: FormDefinition,
  values: FormValues,
  facts: PrefillFacts,
  context: FormContext,
): { values: FormValues; prefilled: string[] } {
  const filled: FormValues = {};
  const prefilled: string[] = [];
  for (const field of fieldsOf(form)) {
    if (!isShown(field, filled, context.today)) continue;
    const answered = own(values, field.key);
    if (answered !== undefined) {
      filled[field.key] = answered;
      continue;
    }
    const known = knownAnswer(field, filled, facts, context);
    if (known === undefined) continue;
    filled[field.key] = known;
    prefilled.push(field.key);
  }
  return { values: filled, prefilled };
}

/** What is known of one question's answer; nothing where the form would refuse it. */
export function knownAnswer(
  field: FlatField,
  values: FormValues,
  facts: PrefillFacts,
  context: FormContext,
): FormValue | undefined {
  const source: PrefillSource | undefined = field.prefill;
  if (source === undefined) return undefined;
  const fact = source === 'today' ? context.today : own(facts, source);
  return readAnswer(field, fact, values, context).value;
}
