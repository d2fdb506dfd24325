import { z } from 'zod';
import { isHousehold, isResident } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import { refuseForeignHamlet } from '../producer.actions.ts';
import { lockProducer, thingOf } from '../producer.queries.ts';
import { searchText } from '../search-text.ts';
import { holdsOn, overlaps, spanOf, type Span } from '#kernel/span';
import { memberKey } from './member.ts';

const Who = z.object({
  /** A household or a resident of the register; where neither is known yet, the name and hamlet tell who. */
  householdId: optional(Id).default(null),
  residentId: optional(Id).default(null),
  name: line(100),
  hamletId: optional(Id).default(null),
});

const NewMember = Who.extend({
  from: Day,
  last: optional(Day).default(null),
  demo: z.boolean().default(false),
});
export type NewMember = z.input<typeof NewMember>;
type Known = z.output<typeof Who>;

/**
 * Takes a household or a person into a producer. @returns the id of the membership
 * @throws AppError `producers.producer.not_found`; `producers.member.overlaps` (409) where the same member
 *   belongs to the same producer on one of these days; `input.invalid` for days outside the producer's own
 */
export async function addMember(ctx: Ctx, producerId: string, input: NewMember): Promise<string> {
  const found = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.member.edit', thingOf(producerId, found), { joined: input.from });
  const producer = mustExist(found, 'producers.producer');
  const given = checked(NewMember, input);
  if (given.last !== null && given.last < given.from) refuseField('last', 'producers.backwards');
  if (!holdsOn(producer, given.from)) refuseField('from', 'producers.outside');
  await refuseUnknown(ctx, given);
  const key = memberKey(given);
  await refuseOverlap(ctx, producerId, key, given);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('producers_member')
    .values({
      commune_id: ctx.commune.id,
      id,
      producer_id: producerId,
      from_day: given.from,
      last_day: given.last,
      demo: given.demo,
      ...columnsOf(given),
    })
    .execute();
  return id;
}

const Leaving = z.object({ lastDay: Day });

/**
 * Says on which day a member belonged last. @throws AppError `producers.member.not_found`; `input.invalid`
 * for a day before it began; `producers.member.left` (409) for one who left already
 */
export async function endMember(
  ctx: Ctx,
  producerId: string,
  id: string,
  input: z.input<typeof Leaving>,
): Promise<void> {
  const found = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.member.edit', thingOf(producerId, found), { left: input.lastDay });
  const { lastDay } = checked(Leaving, input);
  const row = mustExist(await findRow(ctx, producerId, id), 'producers.member');
  if (row.last_day !== null) throw new AppError('producers.member.left', 409);
  if (lastDay < row.from_day) refuseField('lastDay', 'producers.backwards');
  await update(ctx, id, { last_day: lastDay });
}

/**
 * Says who a member is that was known by name only, or corrects it. Membership days stay.
 * @throws AppError `producers.member.not_found`, `producers.member.overlaps` (409)
 */
export async function linkMember(
  ctx: Ctx,
  producerId: string,
  id: string,
  who: z.input<typeof Who>,
): Promise<void> {
  const found = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.member.edit', thingOf(producerId, found), { member: id });
  const row = mustExist(await findRow(ctx, producerId, id), 'producers.member');
  const given = checked(Who, who);
  await refuseUnknown(ctx, given);
  await refuseOverlap(ctx, producerId, memberKey(given), spanOf(row.from_day, row.last_day), id);
  await update(ctx, id, columnsOf(given));
}

async function refuseUnknown(ctx: Ctx, given: Known): Promise<void> {
  await refuseForeignHamlet(ctx, given.hamletId);
  if (given.residentId !== null && !(await isResident(ctx, given.residentId)))
    refuseField('residentId', 'input.unknown');
  if (given.householdId !== null && !(await isHousehold(ctx, given.householdId)))
    refuseField('householdId', 'input.unknown');
}

/** The producer is locked: between asking and writing nobody else writes. */
async function refuseOverlap(
  ctx: Ctx,
  producerId: string,
  key: string,
  span: Span,
  except?: string,
): Promise<void> {
  const rows = await ctx.db
    .selectFrom('producers_member')
    .select(['id', 'from_day', 'last_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where('producer_id', '=', producerId)
    .where('member_key', '=', key)
    .execute();
  const taken = rows.some((row) => row.id !== except && overlaps(spanOf(row.from_day, row.last_day), span));
  const code = 'producers.member.overlaps';
  if (taken) throw new AppError(code, 409, {}, { from: code });
}

async function findRow(ctx: Ctx, producerId: string, id: string) {
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('producers_member')
    .select(['id', 'from_day', 'last_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where('producer_id', '=', producerId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...row, from_day: localDate(row.from_day) };
}

async function update(
  ctx: Ctx,
  id: string,
  columns: { last_day: LocalDate } | ReturnType<typeof columnsOf>,
): Promise<void> {
  await ctx.db
    .updateTable('producers_member')
    .set(columns)
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

function columnsOf(given: Known) {
  return {
    member_key: memberKey(given),
    household_id: given.householdId,
    resident_id: given.residentId,
    name: given.name,
    search_text: searchText(given.name),
    hamlet_id: given.hamletId,
  };
}
