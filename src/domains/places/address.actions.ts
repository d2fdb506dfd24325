import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { isId, newId, randomCode } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf, type LocalDate } from '#kernel/time';
import { existsOn, findHamlet } from '#domain/commune';
import { isInVietNam, locationCodeOf, numberKey, readPoint, type ChangeKind } from './address.ts';
import { centreOf } from './centre.queries.ts';

/** Signs of the plate's code: 32 bits, read over the phone as `XXXX-XXXX`. */
export const CODE_LENGTH = 8;

/** A house number as a plate has it. */
export const HouseNumber = line(20).refine(
  (text) => /^[\p{L}\p{N}][\p{L}\p{N} ./-]*$/u.test(text),
  'places.bad_number',
);
const Place = z.string().max(100, 'input.too_big');

const NewAddress = z.object({
  hamletId: Id,
  /** House number: 12, 12A, 12/3. */
  number: HouseNumber,
  /** A point (`21.7223, 105.7703`) or a location code, whole or short. */
  place: Place,
  /** The household agrees that the place is shown on the public map. */
  shown: z.boolean().default(false),
  /** From when it holds; today unless told. */
  on: optional(Day).optional(),
  demo: z.boolean().default(false),
});
export type NewAddress = z.input<typeof NewAddress>;

/**
 * Gives a house its digital address. @returns its id and the code on its plate
 * @throws AppError `places.address.number_taken` (409); `input.invalid` for a place that is none, a day to come
 */
export async function issueAddress(ctx: Ctx, input: NewAddress): Promise<{ id: string; code: string }> {
  const id = newId(ctx.now);
  allow(
    ctx,
    'places.address.edit',
    { kind: 'address', id, hamlet_id: input.hamletId },
    { issued: input.number },
  );
  const given = checked(NewAddress, input);
  const onDay = notToCome(ctx, given.on ?? null);
  await refuseWrongHamlet(ctx, given.hamletId, onDay);
  const state = { hamletId: given.hamletId, number: given.number, ...(await placeOf(ctx, given.place)) };
  const code = randomCode(CODE_LENGTH);
  await takenIfTwice(() =>
    ctx.db
      .insertInto('places_address')
      .values({
        commune_id: ctx.commune.id,
        id,
        code,
        ...columnsOf(state),
        shown: given.shown,
        issued_on: onDay,
        demo: given.demo,
      })
      .execute(),
  );
  await write(ctx, id, { seq: 1, kind: 'issue', onDay, reason: null }, state);
  return { id, code };
}

const Changed = z.object({
  hamletId: Id,
  number: HouseNumber,
  place: Place,
  reason: line(300),
  on: optional(Day).optional(),
});
export type AddressChanged = z.input<typeof Changed>;

/**
 * The house moved, was numbered anew, or its hamlet changed: from a day on (today unless told) another place
 * or number holds; the plate's code stays.
 * @throws AppError `places.address.not_found`, `places.address.ended`, `places.address.number_taken` (409)
 */
export async function moveAddress(ctx: Ctx, id: string, input: AddressChanged): Promise<void> {
  const row = await locked(ctx, id);
  allow(ctx, 'places.address.edit', thingOf(row), { moved: input.number });
  const onDay = notToCome(ctx, checked(Changed, input).on ?? null);
  if (onDay < row.lastDay) refuseField('on', 'places.address.before_last');
  await change(ctx, row, { kind: 'move', onDay, input });
}

/**
 * Mends what was entered wrongly: holds from the day of what it corrects; the wrong entry stays in the history.
 * @throws as {@link moveAddress}
 */
export async function correctAddress(ctx: Ctx, id: string, input: AddressChanged): Promise<void> {
  const row = await locked(ctx, id);
  allow(ctx, 'places.address.edit', thingOf(row), { corrected: input.number });
  await change(ctx, row, { kind: 'correct', onDay: row.lastDay, input });
}

const Ending = z.object({ reason: line(300), on: optional(Day).optional() });

/** Ends an address from a day on (today unless told): the house is gone. @throws as {@link moveAddress} */
export async function endAddress(ctx: Ctx, id: string, input: z.input<typeof Ending>): Promise<void> {
  const row = await locked(ctx, id);
  allow(ctx, 'places.address.edit', thingOf(row), { ended: input.reason });
  const { reason, on } = checked(Ending, input);
  const onDay = notToCome(ctx, on ?? null);
  if (onDay < row.lastDay) refuseField('on', 'places.address.before_last');
  if (row.endedOn !== null) refuse('places.address.ended', 409);
  await update(ctx, id, { ended_on: onDay });
  await write(ctx, id, { seq: row.seq + 1, kind: 'end', onDay, reason }, row.state);
}

/** Notes that the household agreed to be shown on the public map, or no longer does. */
export async function showAddress(ctx: Ctx, id: string, shown: boolean): Promise<void> {
  const row = await locked(ctx, id);
  allow(ctx, 'places.address.edit', thingOf(row), { shown });
  if (row.endedOn !== null) refuse('places.address.ended', 409);
  if (row.shown === shown) return;
  await update(ctx, id, { shown });
  const entry = {
    seq: row.seq + 1,
    kind: shown ? 'show' : 'hide',
    onDay: row.lastDay,
    reason: null,
  } as const;
  await write(ctx, id, entry, row.state);
}

type State = { hamletId: string; number: string; lat: number; lng: number; locationCode: string };
type Row = {
  id: string;
  state: State;
  shown: boolean;
  endedOn: string | null;
  seq: number;
  lastDay: LocalDate;
};

async function change(
  ctx: Ctx,
  row: Row,
  { kind, onDay, input }: { kind: 'move' | 'correct'; onDay: LocalDate; input: AddressChanged },
): Promise<void> {
  const given = checked(Changed, input);
  if (row.endedOn !== null) refuse('places.address.ended', 409);
  if (given.hamletId !== row.state.hamletId) {
    allow(ctx, 'places.address.edit', { kind: 'address', id: row.id, hamlet_id: given.hamletId });
    await refuseWrongHamlet(ctx, given.hamletId, onDay);
  }
  const state = { hamletId: given.hamletId, number: given.number, ...(await placeOf(ctx, given.place)) };
  await takenIfTwice(() => update(ctx, row.id, columnsOf(state)));
  await write(ctx, row.id, { seq: row.seq + 1, kind, onDay, reason: given.reason }, state);
}

function thingOf(row: Row) {
  return { kind: 'address', id: row.id, hamlet_id: row.state.hamletId };
}

/** The address, held until the transaction ends so that its changes stand in one row. */
async function locked(ctx: Ctx, id: string): Promise<Row> {
  const found = await ctx.db
    .selectFrom('places_address')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', isId(id) ? id : newId(new Date(0)))
    .forUpdate()
    .executeTakeFirst();
  const row = mustExist(found, 'places.address');
  const { seq, on_day } = await ctx.db
    .selectFrom('places_address_change')
    .select(['seq', 'on_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where('address_id', '=', id)
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow();
  const { hamlet_id: hamletId, number, lat, lng, location_code: locationCode } = row;
  const state = { hamletId, number, lat, lng, locationCode };
  return { id, state, shown: row.shown, endedOn: row.ended_on, seq, lastDay: on_day as LocalDate };
}

async function placeOf(ctx: Ctx, typed: string) {
  const point = readPoint(typed, await centreOf(ctx));
  if (!point) refuseField('place', 'places.bad_place');
  if (!isInVietNam(point)) refuseField('place', 'places.not_in_viet_nam');
  return { ...point, locationCode: locationCodeOf(point) };
}

function notToCome(ctx: Ctx, day: LocalDate | null): LocalDate {
  const today = localDateOf(ctx.now);
  if (day !== null && day > today) refuseField('on', 'places.day_to_come');
  return day ?? today;
}

async function refuseWrongHamlet(ctx: Ctx, hamletId: string, day: LocalDate): Promise<void> {
  const hamlet = await findHamlet(ctx, hamletId);
  if (!hamlet || !existsOn(hamlet, day)) refuseField('hamletId', 'input.unknown');
}

/** The address's own columns. */
export function columnsOf({ hamletId, number, lat, lng, locationCode }: State) {
  const key = { hamlet_id: hamletId, number, number_key: numberKey(number) };
  return { ...key, lat, lng, location_code: locationCode };
}

async function write(
  ctx: Ctx,
  id: string,
  entry: { seq: number; kind: ChangeKind; onDay: LocalDate; reason: string | null },
  { hamletId, number, lat, lng, locationCode }: State,
): Promise<void> {
  await ctx.db
    .insertInto('places_address_change')
    .values({
      commune_id: ctx.commune.id,
      address_id: id,
      seq: entry.seq,
      kind: entry.kind,
      on_day: entry.onDay,
      hamlet_id: hamletId,
      number,
      lat,
      lng,
      location_code: locationCode,
      reason: entry.reason,
      at: ctx.now,
      by_actor: actorId(ctx.actor),
    })
    .execute();
}

type Columns = Partial<ReturnType<typeof columnsOf>> & { shown?: boolean; ended_on?: LocalDate };

async function update(ctx: Ctx, id: string, columns: Columns): Promise<void> {
  await ctx.db
    .updateTable('places_address')
    .set(columns)
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

/** The unique key decides between two who give one number at the same moment. */
export async function takenIfTwice(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code !== '23505') throw thrown;
    const code = 'places.address.number_taken';
    throw new AppError(code, 409, {}, { number: code });
  }
}
