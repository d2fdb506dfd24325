/** What the ledger stands on: funding sources, works, contracts, results; donors and what they agreed to. */
import { z } from 'zod';
import { getHamlet } from '#domain/commune';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { FUND_KINDS } from './ledger.ts';
import { workRow } from './ledger.queries.ts';

const Code = z.string().regex(/^[a-z0-9-]{1,20}$/, 'criteria.set.bad_code');
const Fund = z.object({
  code: Code,
  titleVi: line(200),
  titleEn: line(200),
  kind: z.enum(FUND_KINDS),
  paper: line(300),
});

/** Enters a funding source. @throws AppError `input.invalid` with `criteria.money.fund_exists` */
export async function addFund(ctx: Ctx, input: z.input<typeof Fund>): Promise<void> {
  allow(ctx, 'criteria.plan.fund', { kind: 'criteria_fund', id: String(input.code) });
  const given = checked(Fund, input);
  const added = await ctx.db
    .insertInto('criteria_fund')
    .values({
      commune_id: ctx.commune.id,
      code: given.code,
      title_vi: given.titleVi,
      title_en: given.titleEn,
      kind: given.kind,
      paper: given.paper,
      ...byNow(ctx),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows !== 1n) refuseField('code', 'criteria.money.fund_exists');
}

const Work = z.object({
  pilot: optional(Code).default(null),
  hamletId: optional(Id).default(null),
  titleVi: line(300),
  titleEn: line(300),
  beginsOn: Day,
});

/** Enters a work whose money is kept here. @returns its id @throws AppError `commune.hamlet.not_found` */
export async function addWork(ctx: Ctx, input: z.input<typeof Work>): Promise<string> {
  allow(ctx, 'criteria.plan.fund', { kind: 'criteria_work' });
  const given = checked(Work, input);
  if (given.hamletId !== null) await getHamlet(ctx, given.hamletId);
  if (given.pilot !== null && !(await pilotExists(ctx, given.pilot))) refuseField('pilot', 'input.unknown');
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_work')
    .values({
      commune_id: ctx.commune.id,
      id,
      pilot_code: given.pilot,
      hamlet_id: given.hamletId,
      title_vi: given.titleVi,
      title_en: given.titleEn,
      begins_on: given.beginsOn,
      ...byNow(ctx),
    })
    .execute();
  return id;
}

async function pilotExists(ctx: Ctx, code: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('criteria_pilot')
    .select('code')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', code)
    .executeTakeFirst();
  return row !== undefined;
}

const Contract = z.object({
  number: line(60),
  contractor: line(200),
  what: line(300),
  amount: z
    .bigint('criteria.money.bad_amount')
    .positive('criteria.money.bad_amount')
    .max(99_999_999_999_999n),
  signedOn: Day,
});

/** Enters a contract of a work. @returns its id @throws AppError `criteria.work.not_found`, `criteria.money.contract_exists` */
export async function addContract(
  ctx: Ctx,
  workId: string,
  input: z.input<typeof Contract>,
): Promise<string> {
  allow(ctx, 'criteria.plan.fund', { kind: 'criteria_work', id: workId }, { amount: String(input.amount) });
  const { number, contractor, what, amount, signedOn } = checked(Contract, input);
  if (signedOn > localDateOf(ctx.now)) refuseField('signedOn', 'criteria.value.day_to_come');
  await workRow(ctx, workId);
  const id = newId(ctx.now);
  const placed = { commune_id: ctx.commune.id, id, work_id: workId, ...byNow(ctx) };
  const added = await ctx.db
    .insertInto('criteria_contract')
    .values({ ...placed, number, contractor, what, amount_dong: amount, signed_on: signedOn })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows !== 1n) refuseField('number', 'criteria.money.contract_exists');
  return id;
}

const Result = z.object({ onDay: Day, what: lines(2000) });

/** Tells what a work has come to. @returns its id @throws AppError `criteria.work.not_found` */
export async function addResult(ctx: Ctx, workId: string, input: z.input<typeof Result>): Promise<string> {
  allow(ctx, 'criteria.money.enter', { kind: 'criteria_work', id: workId });
  const { onDay, what } = checked(Result, input);
  if (onDay > localDateOf(ctx.now)) refuseField('onDay', 'criteria.value.day_to_come');
  await workRow(ctx, workId);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_result')
    .values({ commune_id: ctx.commune.id, id, work_id: workId, on_day: onDay, what, ...byNow(ctx) })
    .execute();
  return id;
}

export const DONOR_KINDS = ['person', 'household', 'business', 'organisation'] as const;
export const SHOWN = ['none', 'name', 'gift'] as const;
const Donor = z.object({
  name: line(200),
  kind: z.enum(DONOR_KINDS),
  hamletId: optional(Id).default(null),
});

/** Enters who gives; unnamed in public until he agrees (`recordThanks`). @returns the donor's id */
export async function addDonor(ctx: Ctx, input: z.input<typeof Donor>): Promise<string> {
  allow(ctx, 'criteria.donor.enter', { kind: 'criteria_donor', hamlet_id: input.hamletId ?? null });
  const { name, kind, hamletId } = checked(Donor, input);
  if (hamletId !== null) await getHamlet(ctx, hamletId);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_donor')
    .values({ commune_id: ctx.commune.id, id, name, kind, hamlet_id: hamletId, ...byNow(ctx) })
    .execute();
  return id;
}

const Thanks = z.object({ shown: z.enum(SHOWN), how: line(300) });

/** What a donor agreed to be thanked with, or no longer agrees to. @throws AppError `criteria.donor.not_found` (404) */
export async function recordThanks(ctx: Ctx, donorId: string, input: z.input<typeof Thanks>): Promise<void> {
  allow(ctx, 'criteria.donor.enter', { kind: 'criteria_donor', id: donorId }, { shown: input.shown });
  const { shown, how } = checked(Thanks, input);
  const row = isId(donorId)
    ? await ctx.db
        .selectFrom('criteria_donor')
        .select('id')
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', donorId)
        .executeTakeFirst()
    : undefined;
  mustExist(row, 'criteria.donor');
  await ctx.db
    .insertInto('criteria_thanks')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      donor_id: donorId,
      shown,
      how,
      ...byNow(ctx),
    })
    .execute();
}

function byNow(ctx: Ctx) {
  return { entered_by: actorId(ctx.actor), entered_at: ctx.now };
}
