/** What the verbs about works share. */
import type { Ctx } from '#kernel/context';
import { refuseField } from '#kernel/input';
import type { Thing } from '#kernel/rights';
import { localDateOf, type LocalDate } from '#kernel/time';
import type { Work } from './work.ts';

/** A work as rights look at it. */
export function thingOf(work: Pick<Work, 'id' | 'hamletId'>): Thing {
  return { kind: 'work', id: work.id, hamlet_id: work.hamletId };
}

/** What is recorded has happened. @throws AppError `input.invalid` at the field */
export function notToCome(ctx: Ctx, day: LocalDate, field: string): void {
  if (day > localDateOf(ctx.now)) refuseField(field, 'places.day_to_come');
}
