/** Writing down who belongs to a group that the commune looks after, and the aid that was given. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, line, optional, refuseField } from '#kernel/input';
import { parseMoney } from '#kernel/money';
import { allow } from '#kernel/rights';
import { localDate } from '#kernel/time';
import { mustNotBeAhead } from '../household/record.ts';
import { findGroup, groupsFor, type Subject } from './group.ts';
import { findSubject } from './subject.queries.ts';

const NewSupport = z.object({
  group: z.string(),
  /** The first day. */
  from: Day,
  decision: line(100),
  demo: z.boolean().default(false),
});
export type NewSupport = z.input<typeof NewSupport>;

/**
 * A household or a person belongs to a group from a day on, by a decision (NĐ 07/2021/NĐ-CP, NĐ 20/2021/NĐ-CP and
 * others: catalog/groups.json). @returns its id
 * @throws AppError `registry.household.not_found`, `registry.resident.not_found` (404), `registry.support.ended`,
 *   `registry.support.overlaps` (409), `registry.support.wrong_group` for a group of the other level
 */
export async function recordSupport(ctx: Ctx, subject: Subject, input: NewSupport): Promise<string> {
  const { thing, found } = await findSubject(ctx, subject, { lock: true });
  const about = { support: String(input.group) };
  allow(ctx, 'registry.support.record', thing, about);
  const { id: subjectId, ended, opened } = mustExist(found, `registry.${subject.kind}`);
  const { group: code, from, decision, demo } = checked(NewSupport, input);
  const group = findGroup(code);
  if (!group || !groupsFor(subject).includes(group)) refuseField('group', 'registry.support.wrong_group');
  if (ended) refuse('registry.support.ended', 409);
  if (opened && from < opened) refuseField('from', 'registry.household.before_opened');
  mustNotBeAhead(ctx, from, 'from');
  const id = newId(ctx.now);
  const recorded = { recorded_at: ctx.now, recorded_by: actorId(ctx.actor) };
  const row = { group_code: code, series: group.series, from_day: from, decision, demo, ...recorded };
  try {
    await ctx.db
      .insertInto('registry_support')
      .values({ commune_id: ctx.commune.id, id, ...columnOf(subject, subjectId), ...row })
      .execute();
  } catch (thrown) {
    if ((thrown as { code?: string }).code === '23P01') throw new AppError('registry.support.overlaps', 409);
    throw thrown;
  }
  return id;
}

const Ending = z.object({
  /** The first day on which it no longer holds. */
  until: Day,
  decision: line(100),
});

/**
 * It no longer holds from a day on, by a decision.
 * @throws AppError `registry.support.not_found` (404), `registry.support.ended_already` (409), `input.invalid` for a
 *   day before it began or one that has not come
 */
export async function endSupport(ctx: Ctx, id: string, input: z.input<typeof Ending>): Promise<void> {
  const row = await findSupport(ctx, id);
  const subject = row && subjectOf(row);
  const thing = subject ? (await findSubject(ctx, subject, { lock: true })).thing : { kind: 'support', id };
  allow(ctx, 'registry.support.record', thing, { ends: id });
  const { from_day } = mustExist(row, 'registry.support');
  const { until, decision } = checked(Ending, input);
  if (until < localDate(from_day)) refuseField('until', 'registry.support.before_it_began');
  mustNotBeAhead(ctx, until, 'until');
  const { numUpdatedRows } = await ctx.db
    .updateTable('registry_support')
    .set({ until_day: until, end_decision: decision })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('until_day', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) refuse('registry.support.ended_already', 409);
}

/** An amount as people write it, in đồng. */
const Amount = z.union([z.bigint(), z.string()]).transform((given, context): bigint => {
  const amount = typeof given === 'bigint' ? given : parseMoney(given);
  if (amount !== undefined && amount > 0n) return amount;
  context.addIssue({ code: 'custom', message: 'registry.support.bad_amount' });
  return z.NEVER;
});
const NewAid = z.object({
  day: Day,
  what: line(200),
  amount: optional(Amount).default(null),
  source: line(200),
  decision: optional(line(100)).default(null),
  clientId: z.string().min(1).max(100),
  demo: z.boolean().default(false),
});
export type NewAid = z.input<typeof NewAid>;

/**
 * Aid that a household or a person received; sent twice under one `clientId` it stands once.
 * @throws AppError `registry.household.not_found`, `registry.resident.not_found` (404), `input.invalid` for an amount
 *   that is none or a day that has not come
 */
export async function recordAid(ctx: Ctx, subject: Subject, input: NewAid): Promise<void> {
  const { thing, found } = await findSubject(ctx, subject, { lock: true });
  allow(ctx, 'registry.support.record', thing, { aid: true });
  const { id: subjectId } = mustExist(found, `registry.${subject.kind}`);
  const { day, what, amount, source, decision, clientId, demo } = checked(NewAid, input);
  mustNotBeAhead(ctx, day, 'day');
  await ctx.db
    .insertInto('registry_aid')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      ...columnOf(subject, subjectId),
      day,
      what,
      amount,
      source,
      decision,
      client_id: clientId,
      demo,
      recorded_at: ctx.now,
      recorded_by: actorId(ctx.actor),
    })
    .onConflict((conflict) => conflict.columns(['commune_id', 'client_id']).doNothing())
    .execute();
}

/** What was written by mistake counts no longer; the row stays. @throws AppError `registry.aid.not_found` (404) */
export async function cancelAid(ctx: Ctx, id: string): Promise<void> {
  const row = await findAid(ctx, id);
  const subject = row && subjectOf(row);
  const thing = subject ? (await findSubject(ctx, subject)).thing : { kind: 'aid', id };
  allow(ctx, 'registry.support.record', thing, { cancels: id });
  mustExist(row, 'registry.aid');
  await ctx.db
    .updateTable('registry_aid')
    .set({ cancelled_at: ctx.now, cancelled_by: actorId(ctx.actor) })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('cancelled_at', 'is', null)
    .execute();
}

function columnOf({ kind }: Subject, id: string) {
  return kind === 'household' ? { household_id: id } : { resident_id: id };
}

function subjectOf(row: { household_id: string | null; resident_id: string | null }): Subject {
  return row.household_id === null
    ? { kind: 'resident', id: row.resident_id! }
    : { kind: 'household', id: row.household_id };
}

async function findSupport(ctx: Ctx, id: string) {
  if (!isId(id)) return undefined;
  return ctx.db
    .selectFrom('registry_support')
    .select(['household_id', 'resident_id', 'from_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
}

async function findAid(ctx: Ctx, id: string) {
  if (!isId(id)) return undefined;
  return ctx.db
    .selectFrom('registry_aid')
    .select(['household_id', 'resident_id'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
}
