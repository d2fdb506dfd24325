/** What a lot may be called: never more than the least of what it was made of. Pure. */
import { PLOT_STANDARDS, weakestOf, type PlotStandard } from '#domain/farming';
import { GRADES, type Grade } from './lot.ts';

/** The standard its plots had on the day of picking, and how finely it was plucked. */
export type Claims = { standard: PlotStandard; grade: Grade };

/** The claims of a mixture: of each kind the least one. @throws RangeError for nothing */
export function claimsOf(sources: readonly Claims[]): Claims {
  if (sources.length === 0) throw new RangeError('claims of nothing');
  const grade = Math.max(...sources.map((source) => GRADES.indexOf(source.grade)));
  return { standard: weakestOf(sources.map(({ standard }) => standard)), grade: GRADES[grade]! };
}

/** Whether a label may say `asked` of something that is `held`: as good or less. */
export function mayBeCalled(asked: PlotStandard, held: PlotStandard): boolean {
  return PLOT_STANDARDS.indexOf(asked) >= PLOT_STANDARDS.indexOf(held);
}

/** Whether something plucked as `held` may be sorted or sold as `asked`. */
export function mayBeGraded(asked: Grade, held: Grade): boolean {
  return GRADES.indexOf(asked) >= GRADES.indexOf(held);
}
