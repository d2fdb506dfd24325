/** The Committee's work calendar: entries are added, changed, cancelled. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { mustTakeWork } from '../people.ts';
import { minutesOf } from './entry.ts';

const Clock = z.string().transform((text, context): number => {
  const minutes = minutesOf(text);
  if (minutes !== undefined) return minutes;
  context.addIssue({ code: 'custom', message: 'office.entry.bad_time' });
  return z.NEVER;
});

export const EntryInput = z.object({
  day: Day,
  from: Clock,
  to: Clock,
  title: line(300),
  place: optional(line(200)).default(null),
  chairId: optional(Id).default(null),
  officials: z.array(Id).max(60, 'input.too_big').default([]),
  others: optional(lines(500)).default(null),
  preparation: optional(lines(500)).default(null),
  public: z.boolean().default(false),
});
export type EntryInput = z.input<typeof EntryInput>;

/** Puts an entry into the calendar. @returns its id @throws AppError `input.invalid`, `office.official.not_in_office` */
export async function addEntry(ctx: Ctx, input: EntryInput): Promise<string> {
  allow(ctx, 'office.entry.edit', { kind: 'entry' });
  const columns = await columnsOf(ctx, input);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('office_entry')
    .values({ commune_id: ctx.commune.id, id, ...columns })
    .execute();
  return id;
}

/**
 * Changes an entry. @param seen the sequence that the form was opened with
 * @throws AppError `office.entry.not_found`, `office.entry.changed_meanwhile` (409), `input.invalid`
 */
export async function changeEntry(ctx: Ctx, id: string, input: EntryInput, seen: number): Promise<void> {
  allow(ctx, 'office.entry.edit', { kind: 'entry', id });
  await touch(ctx, id, seen, await columnsOf(ctx, input));
}

/** Cancels an entry; it stays in the calendar, struck out. @throws AppError like {@link changeEntry} */
export async function cancelEntry(ctx: Ctx, id: string, seen: number): Promise<void> {
  allow(ctx, 'office.entry.edit', { kind: 'entry', id }, { cancelled: true });
  await touch(ctx, id, seen, { cancelled_at: ctx.now, changed_at: ctx.now });
}

async function columnsOf(ctx: Ctx, input: EntryInput) {
  const given = checked(EntryInput, input);
  if (given.to <= given.from) refuseField('to', 'office.entry.ends_before');
  for (const one of [given.chairId, ...given.officials]) if (one) await mustTakeWork(ctx, one);
  return {
    day: given.day,
    from_minute: given.from,
    to_minute: given.to,
    title: given.title,
    place: given.place,
    chair_id: given.chairId,
    officials: given.officials,
    others: given.others,
    preparation: given.preparation,
    public: given.public,
    changed_at: ctx.now,
  };
}

type Columns = Partial<Awaited<ReturnType<typeof columnsOf>>> & { cancelled_at?: Date };

async function touch(ctx: Ctx, id: string, seen: number, columns: Columns): Promise<void> {
  const found = isId(id)
    ? await ctx.db
        .selectFrom('office_entry')
        .select(['sequence', 'cancelled_at'])
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  const entry = mustExist(found, 'office.entry');
  if (entry.cancelled_at) refuse('office.entry.cancelled', 409);
  if (entry.sequence !== seen) refuse('office.entry.changed_meanwhile', 409);
  await ctx.db
    .updateTable('office_entry')
    .set({ ...columns, sequence: seen + 1 })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}
