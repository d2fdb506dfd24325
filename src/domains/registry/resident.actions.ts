import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { readNationalId } from '#kernel/forms/formats';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, Phone, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { foldText } from '#kernel/text';
import { localDateOf } from '#kernel/time';
import { findHamlet } from '#domain/commune';
import { membershipOf } from './household/record.ts';
import { agreesWithId, SEXES, type Resident } from './resident.ts';
import { findResidentRow, thingOf } from './resident.queries.ts';

/** Exactly twelve digits; spaces and dots that people write between the groups are dropped. */
const NationalId = z.string().transform((text, context): string => {
  const digits = readNationalId(text);
  if (digits !== undefined) return digits;
  context.addIssue({ code: 'custom', message: 'registry.resident.bad_id' });
  return z.NEVER;
});

const ResidentInput = z
  .object({
    fullName: line(100).refine(
      (name) => /^[\p{L}\p{M}][\p{L}\p{M}'’. -]*$/u.test(name),
      'registry.resident.bad_name',
    ),
    birthDate: optional(Day).default(null),
    birthKnown: z.enum(['day', 'year']).default('day'),
    sex: optional(z.enum(SEXES)).default(null),
    nationalId: optional(NationalId).default(null),
    phone: optional(Phone).default(null),
    hamletId: optional(Id).default(null),
    address: optional(line(200)).default(null),
    deceasedOn: optional(Day).default(null),
    /** The clerk has compared a number that disagrees with sex or year of birth with the person's papers. */
    idCompared: z.boolean().default(false),
    demo: z.boolean().default(false),
  })
  .refine((one) => !one.birthDate || !one.deceasedOn || one.birthDate <= one.deceasedOn, {
    message: 'registry.resident.died_before_birth',
    path: ['deceasedOn'],
  })
  .refine((one) => one.idCompared || agreesWithId(one), {
    message: 'registry.resident.id_disagrees',
    path: ['nationalId'],
  });
export type ResidentInput = z.input<typeof ResidentInput>;
export type CheckedResident = z.output<typeof ResidentInput>;
type Checked = CheckedResident;

/** Enters a person into the register. @returns the id @throws AppError `registry.resident.id_taken` (409) */
export async function createResident(ctx: Ctx, input: ResidentInput): Promise<string> {
  const id = newId(ctx.now);
  allow(
    ctx,
    'registry.resident.edit',
    { kind: 'resident', id, hamlet_id: input.hamletId ?? null },
    { created: true },
  );
  const given = checked(ResidentInput, input);
  await refuseImpossible(ctx, given);
  const made = await ctx.db
    .insertInto('registry_resident')
    .values({ commune_id: ctx.commune.id, id, created_at: ctx.now, demo: given.demo, ...columnsOf(given) })
    .onConflict((conflict) => conflict.columns(['commune_id', 'national_id']).doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) throw idTaken();
  return id;
}

/**
 * Changes a person's record, if nobody else did since it was opened. What changed is written down.
 * @param version the `version` of the record that the clerk saw
 * @throws AppError `registry.resident.not_found`, `registry.resident.changed_meanwhile` (409), `registry.resident.id_taken` (409)
 */
export async function updateResident(
  ctx: Ctx,
  id: string,
  input: ResidentInput,
  version: number,
): Promise<void> {
  const before = await findResidentRow(ctx, id);
  // Filled below: the trail is written when the transaction commits.
  const detail: Record<string, unknown> = {};
  allow(ctx, 'registry.resident.edit', thingOf(ctx, id, before), detail);
  const given = checked(ResidentInput, input);
  detail.changed = changesOf(mustExist(before, 'registry.resident'), given);
  await refuseImpossible(ctx, given);
  await refuseMembersPlace(ctx, mustExist(before, 'registry.resident'), given);
  if (given.nationalId !== null && given.nationalId !== before?.nationalId)
    await refuseTaken(ctx, given.nationalId);
  const done = await ctx.db
    .updateTable('registry_resident')
    .set((eb) => ({ ...columnsOf(given), version: eb('version', '+', 1) }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', mustExist(before, 'registry.resident').id)
    .where('version', '=', version)
    .executeTakeFirst()
    .catch((thrown: { code?: string }) => {
      throw thrown.code === '23505' ? idTaken() : thrown;
    });
  if (done.numUpdatedRows === 0n) throw new AppError('registry.resident.changed_meanwhile', 409);
}

async function refuseImpossible(ctx: Ctx, given: Checked): Promise<void> {
  const today = localDateOf(ctx.now);
  if (given.birthDate !== null && given.birthDate > today)
    refuseField('birthDate', 'registry.resident.in_future');
  if (given.deceasedOn !== null && given.deceasedOn > today)
    refuseField('deceasedOn', 'registry.resident.in_future');
  if (given.hamletId !== null && !(await findHamlet(ctx, given.hamletId)))
    refuseField('hamletId', 'input.unknown');
}

/** Where a member of a household lives and that he died is told by his household: both change together. */
async function refuseMembersPlace(ctx: Ctx, before: Resident, given: Checked): Promise<void> {
  const died = given.deceasedOn !== before.deceasedOn;
  const moved = given.hamletId !== before.hamletId || given.address !== before.address;
  if ((!died && !moved) || !(await membershipOf(ctx, before.id))) return;
  refuseField(died ? 'deceasedOn' : 'hamletId', 'registry.resident.by_household');
}

async function refuseTaken(ctx: Ctx, nationalId: string): Promise<void> {
  const taken = await ctx.db
    .selectFrom('registry_resident')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('national_id', '=', nationalId)
    .executeTakeFirst();
  if (taken) throw idTaken();
}

/** Says that the number is taken, not by whom. */
function idTaken(): AppError {
  const code = 'registry.resident.id_taken';
  return new AppError(code, 409, {}, { nationalId: code });
}

/** What is said of a person, as the register's rules read it; for lists of many. @throws AppError `input.invalid` */
export function checkedResident(input: ResidentInput): CheckedResident {
  return checked(ResidentInput, input);
}

/** The record's columns. */
export function columnsOf(given: Checked) {
  return {
    full_name: given.fullName,
    search_text: foldText(given.fullName),
    birth_date: given.birthDate,
    birth_known: given.birthKnown,
    sex: given.sex,
    national_id: given.nationalId,
    phone: given.phone,
    hamlet_id: given.hamletId,
    address: given.address,
    deceased_on: given.deceasedOn,
  };
}

const FIELDS = [
  'fullName',
  'birthDate',
  'birthKnown',
  'sex',
  'nationalId',
  'phone',
  'hamletId',
  'address',
  'deceasedOn',
] as const;

/** Old and new value of what changed: kept beside the audit chain, where it can be erased. */
function changesOf(before: Pick<Checked, (typeof FIELDS)[number]>, given: Checked): Record<string, unknown> {
  const changed = FIELDS.filter((field) => before[field] !== given[field]);
  return Object.fromEntries(changed.map((field) => [field, [before[field], given[field]]]));
}
