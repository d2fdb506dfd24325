import type { LocalDate } from '../time.ts';
import type { Condition, DateRef } from './condition-definition.ts';
import { resolveDate, spanOf } from './dates.ts';
import { type FormValue, type FormValues, own } from './values.ts';

/**
 * Whether a condition holds for these answers. Missing answers make comparisons false, and so does
 * a date known only by its year when the year leaves it open.
 */
export function holds(condition: Condition, values: FormValues, today: LocalDate): boolean {
  switch (condition.op) {
    case 'not':
      return !holds(condition.of, values, today);
    case 'and':
      return condition.of.every((one) => holds(one, values, today));
    case 'or':
      return condition.of.some((one) => holds(one, values, today));
    case 'before':
    case 'after':
      return datesCompare(condition, values, today);
    default:
      return answerMatches(condition, own(values, condition.field));
  }
}

type OfOneAnswer = Extract<Condition, { op: 'equals' | 'in' | 'includes' | 'at_least' | 'present' }>;

function answerMatches(condition: OfOneAnswer, answer: FormValue | undefined): boolean {
  switch (condition.op) {
    case 'equals':
      return answer === condition.value;
    case 'in':
      return typeof answer === 'string' && condition.values.includes(answer);
    case 'includes':
      return Array.isArray(answer) && answer.includes(condition.value);
    case 'at_least':
      return typeof answer === 'number' && answer >= condition.value;
    case 'present':
      return answer !== undefined;
  }
}

function datesCompare(
  condition: { op: 'before' | 'after'; field: string; than: DateRef },
  values: FormValues,
  today: LocalDate,
): boolean {
  const answer = own(values, condition.field);
  const span = typeof answer === 'string' ? spanOf(answer) : undefined;
  const limit = resolveDate(condition.than, values, today);
  if (!span || !limit) return false;
  return condition.op === 'before' ? span.last < limit.first : span.first > limit.last;
}
