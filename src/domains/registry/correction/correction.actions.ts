/** Asking for a correction, taking it back, and deciding on it. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { emit } from '#kernel/events';
import { newId } from '#kernel/ids';
import { checked, line, lines, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { changePlace } from '../household/household.actions.ts';
import { findHousehold, membershipOf, writeChanges } from '../household/record.ts';
import { paperColumns, type KeptPaper } from '../kept-paper.ts';
import { ownRecord, thingOfPerson } from '../own/records.queries.ts';
import { checkedResident, updateResident } from '../resident.actions.ts';
import type { Resident } from '../resident.ts';
import { findResidentRow } from '../resident.queries.ts';
import { CORRECTABLE, withField, type Correctable, type Correction } from './correction.ts';
import { findCorrection } from './correction.queries.ts';

const NewCorrection = z.object({
  field: z.enum(CORRECTABLE),
  wanted: line(200),
  reason: lines(1000),
  clientId: z.string().min(8).max(60),
});
export type NewCorrection = z.input<typeof NewCorrection> & { paper?: KeptPaper | null };

/**
 * The person asks that a field of the own record be put right. Sent twice it is one request; for one field one waits
 * at a time. @returns its id
 * @throws AppError `registry.own.not_bound` (409), `registry.correction.no_change`, `registry.correction.waiting` (409)
 *   while another value is asked for the same field; what the register says of a value that it cannot hold, at `wanted`
 */
export async function askCorrection(ctx: Ctx, input: NewCorrection): Promise<string> {
  const own = await ownRecord(ctx);
  allow(ctx, 'registry.correction.ask', await thingOfPerson(ctx, own.id, own));
  const { field, wanted, reason, clientId } = checked(NewCorrection, input);
  const value = readWanted(own, field, wanted);
  if (value === own[field]) refuseField('wanted', 'registry.correction.no_change');
  const id = newId(ctx.now);
  const made = await ctx.db
    .insertInto('registry_correction')
    .values({
      commune_id: ctx.commune.id,
      id,
      resident_id: own.id,
      user_id: actorId(ctx.actor),
      phone: ctx.actor.kind === 'person' ? ctx.actor.phone : null,
      field,
      stood: own[field],
      wanted: value,
      reason,
      state: 'open',
      asked_at: ctx.now,
      client_id: clientId,
      demo: own.demo,
      ...paperColumns(input.paper ?? null),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return askedBefore(ctx, own.id, { field, value, clientId });
  return id;
}

/** The value as the register would hold it. @throws AppError `input.invalid` with the reason at `wanted` */
function readWanted(own: Resident, field: Correctable, wanted: string): string {
  try {
    const read = checkedResident({ ...withField(own, field, wanted), idCompared: true })[field];
    return read ?? refuseField('wanted', 'input.missing');
  } catch (thrown) {
    const { fields } = thrown as AppError;
    if (!fields) throw thrown;
    throw new AppError(
      'input.invalid',
      422,
      {},
      { wanted: fields[field] ?? Object.values(fields)[0] ?? 'input.invalid' },
    );
  }
}

type Asked = { field: Correctable; value: string; clientId: string };

async function askedBefore(ctx: Ctx, residentId: string, { field, value, clientId }: Asked): Promise<string> {
  const rows = await ctx.db
    .selectFrom('registry_correction')
    .select(['id', 'client_id', 'user_id', 'wanted'])
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', '=', residentId)
    .where((eb) =>
      eb.or([
        eb.and([eb('client_id', '=', clientId), eb('user_id', '=', actorId(ctx.actor))]),
        eb.and([eb('field', '=', field), eb('state', '=', 'open')]),
      ]),
    )
    .execute();
  const same = rows.find((row) => row.client_id === clientId) ?? rows.find((row) => row.wanted === value);
  return same?.id ?? refuse('registry.correction.waiting', 409);
}

/** The person takes a request back. No error where it is taken back already. @throws AppError `registry.correction.decided` (409) */
export async function withdrawCorrection(ctx: Ctx, id: string): Promise<void> {
  const found = await findCorrection(ctx, id, { lock: true });
  const resident = found && (await findResidentRow(ctx, found.residentId));
  allow(ctx, 'registry.correction.withdraw', await thingOfPerson(ctx, found?.residentId, resident), {
    correction: id,
  });
  const { state } = mustExist(found, 'registry.correction');
  if (state === 'withdrawn') return;
  if (state !== 'open') refuse('registry.correction.decided', 409);
  await close(ctx, id, 'withdrawn', null);
}

/**
 * A clerk has looked at it and it is right: written by the register's own verbs, the old value kept in the person's
 * history. An address is that of the whole household, as of today.
 * @param idCompared a number that disagrees with sex or year of birth was compared with the papers
 * @throws AppError `registry.correction.not_found`, `registry.correction.decided` (409), `registry.correction.own` (409);
 *   what `updateResident` and `changePlace` throw
 */
export async function approveCorrection(ctx: Ctx, id: string, { idCompared = false } = {}): Promise<void> {
  const found = await findCorrection(ctx, id, { lock: true });
  const resident = found && (await findResidentRow(ctx, found.residentId));
  const thing = { ...(await thingOfPerson(ctx, found?.residentId, resident)), owners: [] };
  allow(ctx, 'registry.correction.decide', thing, { correction: id, approved: true });
  const { correction, own } = await decidable(ctx, found, resident);
  const { field, wanted } = correction;
  await apply(ctx, own, correction, idCompared);
  const change = { field, from: own[field], to: wanted };
  await writeChanges(
    ctx,
    [{ day: localDateOf(ctx.now), kind: 'corrected', residentId: own.id, data: change }],
    { source: { kind: 'correction', id } },
  );
  await close(ctx, id, 'approved', null, own[field]);
  await tell(ctx, id);
}

/** A clerk cannot follow it, and says why. @throws AppError as {@link approveCorrection} */
export async function refuseCorrection(ctx: Ctx, id: string, input: { answer: string }): Promise<void> {
  const found = await findCorrection(ctx, id, { lock: true });
  const resident = found && (await findResidentRow(ctx, found.residentId));
  const thing = { ...(await thingOfPerson(ctx, found?.residentId, resident)), owners: [] };
  allow(ctx, 'registry.correction.decide', thing, { correction: id, approved: false });
  const { answer } = checked(z.object({ answer: lines(600) }), input);
  const { own, correction } = await decidable(ctx, found, resident);
  await close(ctx, id, 'refused', answer, own[correction.field]);
  await tell(ctx, id);
}

async function decidable(ctx: Ctx, found: Correction | undefined, resident: Resident | undefined) {
  const correction = mustExist(found, 'registry.correction');
  const own = mustExist(resident, 'registry.correction');
  if (correction.state !== 'open') refuse('registry.correction.decided', 409);
  // Nobody puts his own record right across his own counter.
  const { owners } = await thingOfPerson(ctx, own.id, own);
  if (owners?.length) refuse('registry.correction.own', 409);
  return { correction, own };
}

async function apply(ctx: Ctx, own: Resident, correction: Correction, idCompared: boolean): Promise<void> {
  const { field, wanted } = correction;
  const membership = field === 'address' ? await membershipOf(ctx, own.id) : undefined;
  const household = membership && (await findHousehold(ctx, membership.householdId));
  if (household)
    return changePlace(ctx, household.id, {
      on: localDateOf(ctx.now),
      hamletId: household.place.hamletId,
      address: wanted,
    });
  await updateResident(ctx, own.id, { ...withField(own, field, wanted), idCompared }, own.version);
}

async function close(
  ctx: Ctx,
  id: string,
  state: 'approved' | 'refused' | 'withdrawn',
  answer: string | null,
  stood?: string | null,
): Promise<void> {
  await ctx.db
    .updateTable('registry_correction')
    .set({
      state,
      answer,
      decided_at: ctx.now,
      decided_by: actorId(ctx.actor),
      ...(stood !== undefined && { stood }),
    })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

/** Tells whoever asked, by the rooms that listen. */
async function tell(ctx: Ctx, id: string): Promise<void> {
  const row = await ctx.db
    .selectFrom('registry_correction')
    .select(['user_id', 'phone', 'state', 'answer'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await emit(ctx, 'registry.correction.decided', {
    correction_id: id,
    user_id: row.user_id,
    phone: row.phone,
    approved: row.state === 'approved',
    reason: row.answer,
  });
}
