import { sql } from 'kysely';
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, lines, optional, refuseField } from '#kernel/input';
import { allow, may, type Thing } from '#kernel/rights';
import { localDate, localDateOf } from '#kernel/time';
import { diaryThing, holderThing, readWriter, type Holder } from '../diary/writer.queries.ts';
import { ANSWERS, findChecklist, type Checklist } from './checklist.ts';

const NewInspection = z
  .object({
    /** Made by the sender: the same inspection sent twice is one. */
    id: optional(Id).default(null),
    householdId: optional(Id).default(null),
    producerId: optional(Id).default(null),
    checklist: z.string(),
    on: Day,
    inspector: line(100),
    answers: z.record(z.string(), z.enum(ANSWERS)),
    /** What was found, by item; for every `no`. */
    findings: z.record(z.string(), z.string()).default({}),
    /** Until when what was found is to be put right. */
    dueOn: optional(Day).default(null),
    note: optional(lines(1_000)).default(null),
  })
  .refine(({ householdId, producerId }) => (householdId === null) !== (producerId === null), {
    message: 'input.missing',
    path: ['householdId'],
  });
export type NewInspection = z.input<typeof NewInspection>;

/** Nobody inspects himself: the own household gives no right, only its technician and officials have it. */
async function inspected(ctx: Ctx, { householdId, producerId }: Holder): Promise<Thing> {
  const { hamlet_id = null } = await holderThing(ctx, { householdId, producerId });
  const writer = await readWriter(ctx, {
    households: householdId ? [householdId] : [],
    producers: producerId ? [producerId] : [],
  });
  const others = { ...writer, household: null };
  return { ...diaryThing(ctx, others, householdId ?? producerId ?? null, hamlet_id), kind: 'inspection' };
}

/**
 * Writes down an internal inspection; every `no` becomes a non-conformity that waits to be closed. @returns its id
 * @throws AppError `input.invalid`
 */
export async function recordInspection(ctx: Ctx, input: NewInspection): Promise<string> {
  const thing = await inspected(ctx, input);
  allow(ctx, 'farming.inspection.record', thing, { checklist: input.checklist, on: input.on });
  const given = checked(NewInspection, input);
  if (!thing.hamlet_id) refuseField('householdId', 'input.unknown');
  if (given.on > localDateOf(ctx.now)) refuseField('on', 'farming.day_to_come');
  const checklist =
    findChecklist(given.checklist, { day: given.on }) ?? refuseField('checklist', 'input.unknown');
  const found = findingsOf(checklist, given);
  const id = given.id ?? newId(ctx.now);
  const made = await ctx.db
    .insertInto('farming_inspection')
    .values({
      commune_id: ctx.commune.id,
      id,
      household_id: given.householdId,
      producer_id: given.producerId,
      hamlet_id: thing.hamlet_id,
      checklist: checklist.code,
      checklist_version: checklist.version,
      inspected_on: given.on,
      inspector: given.inspector,
      answers: JSON.stringify(given.answers),
      note: given.note,
      recorded_at: ctx.now,
      recorded_by: actorId(ctx.actor),
    })
    .onConflict((conflict) => conflict.columns(['commune_id', 'id']).doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n || found.length === 0) return id;
  const common = { commune_id: ctx.commune.id, inspection_id: id, due_on: given.dueOn! };
  await ctx.db
    .insertInto('farming_nonconformity')
    .values(found.map((one) => ({ ...common, ...one, id: newId(ctx.now) })))
    .execute();
  return id;
}

/** @throws AppError `input.invalid` where an item has no answer, a `no` no word, or something was found without a day */
function findingsOf(
  { items }: Checklist,
  { answers, findings, dueOn, on }: z.output<typeof NewInspection>,
): { item: string; what: string }[] {
  const faults: Record<string, string> = {};
  for (const { code } of items) if (!answers[code]) faults[`answers.${code}`] = 'input.missing';
  const wrong = items.filter(({ code }) => answers[code] === 'no');
  for (const { code } of wrong) if (!findings[code]?.trim()) faults[`findings.${code}`] = 'input.missing';
  if (wrong.length > 0 && dueOn === null) faults['dueOn'] = 'input.missing';
  if (dueOn !== null && dueOn < on) faults['dueOn'] = 'farming.backwards';
  if (Object.keys(faults).length > 0) throw new AppError('input.invalid', 422, {}, faults);
  return wrong.map(({ code }) => ({ item: code, what: checked(lines(500), findings[code]) }));
}

/** Whether the actor may say that what was found there is put right. */
export async function mayClose(
  ctx: Ctx,
  { householdId, producerId, hamletId }: Holder & { hamletId: string },
): Promise<boolean> {
  allow(ctx, 'farming.figures.see');
  const thing = await inspected(ctx, { householdId, producerId });
  return may(ctx, 'farming.inspection.close', { ...thing, hamlet_id: hamletId });
}

const Closing = z.object({ on: Day, note: lines(500) });

/**
 * Says that what was found is put right, and how it was seen. Whoever does it answers for it by name.
 * @throws AppError `farming.nonconformity.not_found`, `farming.nonconformity.closed` (409), `input.invalid`
 */
export async function closeNonconformity(
  ctx: Ctx,
  id: string,
  input: z.input<typeof Closing>,
): Promise<void> {
  const row = isId(id) ? await findNonconformity(ctx, id) : undefined;
  const thing = await inspected(ctx, { householdId: row?.household_id, producerId: row?.producer_id });
  const there = row?.hamlet_id ?? null;
  allow(ctx, 'farming.inspection.close', { ...thing, hamlet_id: there, id }, { on: input.on });
  const { closed_on, inspected_on } = mustExist(row, 'farming.nonconformity');
  const { on, note } = checked(Closing, input);
  if (closed_on !== null) throw new AppError('farming.nonconformity.closed', 409);
  if (on < localDate(inspected_on)) refuseField('on', 'farming.backwards');
  if (on > localDateOf(ctx.now)) refuseField('on', 'farming.day_to_come');
  await ctx.db
    .updateTable('farming_nonconformity')
    .set({
      closed_on: on,
      closed_at: ctx.now,
      closed_by: actorId(ctx.actor),
      closed_name: ctx.actor.kind === 'person' ? ctx.actor.name : actorId(ctx.actor),
      closed_note: note,
    })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

type Found = {
  household_id: string | null;
  producer_id: string | null;
  hamlet_id: string;
  inspected_on: string;
  closed_on: string | null;
};

async function findNonconformity(ctx: Ctx, id: string): Promise<Found | undefined> {
  const { rows } =
    await sql<Found>`select i.household_id, i.producer_id, i.hamlet_id, i.inspected_on, n.closed_on
    from farming_nonconformity n
    join farming_inspection i on i.commune_id = n.commune_id and i.id = n.inspection_id
    where n.commune_id = ${ctx.commune.id} and n.id = ${id} for update of n`.execute(ctx.db);
  return rows[0];
}
