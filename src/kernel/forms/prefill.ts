import type { FormDefinition } from './definition.ts';
import { fieldsOf } from './flatten.ts';
import type { PrefillSource } from './prefill-sources.ts';
import { type FormContext, readAnswer } from './read-answer.ts';
import { type FormValues, own } from './values.ts';
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
    const reading = readAnswer(field, factFor(field.prefill, facts, context), filled, context);
    if (reading.value === undefined) continue;
    filled[field.key] = reading.value;
    prefilled.push(field.key);
  }
  return { values: filled, prefilled };
}

function factFor(
  source: PrefillSource | undefined,
  facts: PrefillFacts,
  context: FormContext,
): string | undefined {
  if (source === undefined) return undefined;
  return source === 'today' ? context.today : own(facts, source);
}
