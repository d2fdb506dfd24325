import { z } from 'zod';

/**
 * The address of an answer: `child.full_name`. Inside a group a leading dot means "in this same
 * group": `.id_kind`, which is what repeated groups need.
 */
export const FieldRef = z.string().regex(/^\.?[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/);

/** Answers lie between these years, and so do fixed days: no sum with an offset leaves the calendar. */
export const FIRST_YEAR = 1850;
export const LAST_YEAR = 2200;

const CalendarDate = z.iso
  .date()
  .refine((day) => day >= `${FIRST_YEAR}` && day < `${LAST_YEAR + 1}`, 'a year too far away');

/** A day to compare with: today, another answer or a fixed day, moved by whole years, months and days. */
export const DateRef = z.strictObject({
  from: z.union([
    z.literal('today'),
    z.strictObject({ field: FieldRef }),
    z.strictObject({ day: CalendarDate }),
  ]),
  years: z.int().min(-200).max(200).optional(),
  months: z.int().min(-1200).max(1200).optional(),
  days: z.int().min(-36_500).max(36_500).optional(),
});
export type DateRef = z.infer<typeof DateRef>;

/** When a page, a group or a field is asked. Data, so that a clerk's draft can carry it and a test can walk it. */
export type Condition =
  | { op: 'equals'; field: string; value: string | number | boolean }
  | { op: 'in'; field: string; values: string[] }
  | { op: 'includes'; field: string; value: string }
  | { op: 'at_least'; field: string; value: number }
  | { op: 'present'; field: string }
  | { op: 'before'; field: string; than: DateRef }
  | { op: 'after'; field: string; than: DateRef }
  | { op: 'not'; of: Condition }
  | { op: 'and'; of: Condition[] }
  | { op: 'or'; of: Condition[] };

/**
 * An answer that is missing or hidden makes every comparison false.
 * `equals` compares single answers, `in` asks whether the answer is one of the values, `includes`
 * whether a several-choice answer holds the value; `before` and `after` are strict.
 */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.strictObject({
      op: z.literal('equals'),
      field: FieldRef,
      value: z.union([z.string(), z.number(), z.boolean()]),
    }),
    z.strictObject({ op: z.literal('in'), field: FieldRef, values: z.array(z.string()).min(1) }),
    z.strictObject({ op: z.literal('includes'), field: FieldRef, value: z.string() }),
    z.strictObject({ op: z.literal('at_least'), field: FieldRef, value: z.number() }),
    z.strictObject({ op: z.literal('present'), field: FieldRef }),
    z.strictObject({ op: z.literal('before'), field: FieldRef, than: DateRef }),
    z.strictObject({ op: z.literal('after'), field: FieldRef, than: DateRef }),
    z.strictObject({ op: z.literal('not'), of: Condition }),
    z.strictObject({ op: z.literal('and'), of: z.array(Condition).min(1) }),
    z.strictObject({ op: z.literal('or'), of: z.array(Condition).min(1) }),
  ]),
);

/** Every answer that the condition looks at. */
export function refsOf(condition: Condition): string[] {
  switch (condition.op) {
    case 'not':
      return refsOf(condition.of);
    case 'and':
    case 'or':
      return condition.of.flatMap(refsOf);
    case 'before':
    case 'after':
      return [condition.field, ...dateRefField(condition.than)];
    default:
      return [condition.field];
  }
}

/** The answer that a date limit looks at, if it looks at one. */
export function dateRefField(ref: DateRef): string[] {
  return typeof ref.from === 'object' && 'field' in ref.from ? [ref.from.field] : [];
}
