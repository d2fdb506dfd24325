/** The public figures as plain rows, for files. */
import type { Ctx } from '#kernel/context';
import { displayValue, type MeasureQuestion } from '#kernel/measures';
import { allow } from '#kernel/rights';
import { MEASURES } from './measures.ts';

/** Every public measure of the desk for one question; numbers that are not known stay null. */
export async function askMeasureOnly(ctx: Ctx, question: MeasureQuestion) {
  allow(ctx, 'services.figures.see');
  const rows = [];
  for (const measure of MEASURES.filter((one) => one.audience === 'public')) {
    const computed = await measure.compute(ctx, question);
    const { numerator, denominator, value } = computed;
    rows.push({
      name: measure.name,
      title: measure.title[ctx.locale],
      from: question.from ?? '',
      as_of: question.asOf,
      numerator,
      denominator,
      value,
      display: displayValue(measure.unit, computed, ctx.locale),
      meaning: measure.meaning[ctx.locale],
    });
  }
  return rows;
}
