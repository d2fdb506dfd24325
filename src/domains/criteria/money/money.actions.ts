/** The ledger's verbs. Nothing is changed or removed: a mistake is taken back by a counter-entry. */
import { sql } from 'kysely';
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { FORMS, ledgerFault, STEPS, sumsOf, type FundKind, type Line } from './ledger.ts';
import { contractRows, readEntries, workRow, type Work } from './ledger.queries.ts';

/** A hundred times what a commune ever turns over. */
const Amount = z
  .bigint('criteria.money.bad_amount')
  .min(0n, 'criteria.money.bad_amount')
  .max(99_999_999_999_999n);
const NewEntry = z.object({
  step: z.enum(STEPS),
  fund: z.string().max(20),
  form: z.enum(FORMS).default('money'),
  /** Whole đồng; the estimated worth of what is not money. */
  amount: Amount,
  /** Days of labour, square metres of land, where it is not money. */
  quantity: optional(
    z.number('criteria.money.bad_quantity').positive('criteria.money.bad_quantity').max(9_999_999),
  ).default(null),
  donorId: optional(Id).default(null),
  contractId: optional(Id).default(null),
  onDay: Day,
  /** What for, with the number of the paper. No names of givers. */
  what: line(300),
});
export type NewEntry = z.input<typeof NewEntry>;

/**
 * Enters what was promised to a work, received for it or spent on it. @returns its id
 * @throws AppError `criteria.work.not_found`, `criteria.money.*` where the ledger does not allow it (see `ledgerFault`)
 */
export async function enterMoney(ctx: Ctx, workId: string, input: NewEntry): Promise<string> {
  allow(ctx, 'criteria.money.enter', { kind: 'criteria_work', id: workId }, { amount: String(input.amount) });
  const given = checked(NewEntry, input);
  if (given.onDay > localDateOf(ctx.now)) refuseField('onDay', 'criteria.value.day_to_come');
  await lockLedger(ctx);
  const work = await workRow(ctx, workId);
  if (given.onDay < work.beginsOn) refuseField('onDay', 'criteria.money.before_work');
  const kind = await kindOf(ctx, given.fund);
  refuseUnfit(given, kind);
  await refuseStrange(ctx, work, given);
  const { fund, form, step, amount, quantity, contractId, onDay } = given;
  const added: Line = { fund, kind, form, step, amount, quantity, contractId, onDay };
  await refuseFault(ctx, work, added);
  return keep(ctx, workId, { ...given, counters: null, reason: null });
}

const Counter = z.object({ reason: line(300) });

/**
 * Takes an entry back whole, as of its own day. @returns the counter-entry's id
 * @throws AppError `criteria.entry.not_found`, `criteria.money.countered` (409); `criteria.money.*` where others stand on it
 */
export async function counterEntry(ctx: Ctx, id: string, input: z.input<typeof Counter>): Promise<string> {
  allow(ctx, 'criteria.money.correct', { kind: 'criteria_entry', id });
  const { reason } = checked(Counter, input);
  await lockLedger(ctx);
  const row = isId(id)
    ? await ctx.db
        .selectFrom('criteria_entry')
        .select('work_id')
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  const work = await workRow(ctx, mustExist(row, 'criteria.entry').work_id);
  const entries = await readEntries(ctx, { workId: work.id });
  const found = mustExist(
    entries.find((one) => one.id === id),
    'criteria.entry',
  );
  if (found.counters !== null || entries.some(({ counters }) => counters === id))
    throw new AppError('criteria.money.countered', 409);
  const quantity = found.quantity === null ? null : -found.quantity;
  const back = { ...found, amount: -found.amount, quantity };
  await refuseFault(ctx, work, back);
  return keep(ctx, work.id, { ...back, counters: id, reason });
}

type Kept = Omit<z.output<typeof NewEntry>, 'quantity'> & {
  quantity: number | null;
  counters: string | null;
  reason: string | null;
};

async function keep(ctx: Ctx, workId: string, entry: Kept): Promise<string> {
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_entry')
    .values({
      commune_id: ctx.commune.id,
      id,
      work_id: workId,
      step: entry.step,
      fund_code: entry.fund,
      form: entry.form,
      amount_dong: entry.amount,
      quantity: entry.quantity === null ? null : String(entry.quantity),
      donor_id: entry.donorId,
      contract_id: entry.contractId,
      on_day: entry.onDay,
      what: entry.what,
      counters: entry.counters,
      reason: entry.reason,
      entered_by: actorId(ctx.actor),
      entered_at: ctx.now,
    })
    .execute();
  return id;
}

/** Sums are read, then added to: one at a time in a commune. */
async function lockLedger(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(720061, ${ctx.commune.id}::int)`.execute(ctx.db);
}

async function kindOf(ctx: Ctx, fund: string): Promise<FundKind> {
  const row = await ctx.db
    .selectFrom('criteria_fund')
    .select('kind')
    .where('commune_id', '=', ctx.commune.id)
    .where('code', '=', fund)
    .executeTakeFirst();
  if (!row) refuseField('fund', 'input.unknown');
  return row!.kind as FundKind;
}

/** What does not go together: only people give labour, land and materials, and only money is spent. */
function refuseUnfit(given: z.output<typeof NewEntry>, kind: FundKind): void {
  const { form, step, quantity, donorId, contractId, amount } = given;
  if (form !== 'money' && kind !== 'people') refuseField('form', 'criteria.money.not_in_kind');
  if (form !== 'money' && step === 'spent') refuseField('form', 'criteria.money.not_in_kind');
  if ((form === 'labour' || form === 'land') && quantity === null) refuseField('quantity', 'input.missing');
  if ((form === 'money' || form === 'material') && quantity !== null)
    refuseField('quantity', 'criteria.money.bad_quantity');
  if (form === 'money' && amount === 0n) refuseField('amount', 'criteria.money.bad_amount');
  if (donorId !== null && (kind !== 'people' || step === 'spent')) refuseField('donorId', 'input.unknown');
  if (contractId !== null && step !== 'spent') refuseField('contractId', 'input.unknown');
}

/** A donor and a contract must be known; the contract is one of this work. */
async function refuseStrange(ctx: Ctx, work: Work, given: z.output<typeof NewEntry>): Promise<void> {
  if (given.donorId !== null) {
    const donor = await ctx.db
      .selectFrom('criteria_donor')
      .select('id')
      .where('commune_id', '=', ctx.commune.id)
      .where('id', '=', given.donorId)
      .executeTakeFirst();
    if (!donor) refuseField('donorId', 'input.unknown');
  }
  const contracts = await contractRows(ctx, work.id);
  if (given.contractId !== null && !contracts.some(({ id }) => id === given.contractId))
    refuseField('contractId', 'input.unknown');
}

async function refuseFault(ctx: Ctx, work: Work, added: Line): Promise<void> {
  const lines = [...(await readEntries(ctx, { workId: work.id })), added];
  const contracts = new Map((await contractRows(ctx, work.id)).map(({ id, amount }) => [id, amount]));
  const fault = ledgerFault(lines, contracts);
  if (fault !== null) refuseField('amount', fault);
  if (work.pilot !== null && added.step === 'promised' && added.kind !== 'people')
    await refuseOverBudget(ctx, work.pilot, added);
}

/** What is promised to the works of a pilot never exceeds its budget from that side. */
async function refuseOverBudget(ctx: Ctx, pilot: string, added: Line): Promise<void> {
  const budget = await ctx.db
    .selectFrom('criteria_pilot_line')
    .select('amount_dong')
    .where('commune_id', '=', ctx.commune.id)
    .where('pilot_code', '=', pilot)
    .where('source', '=', added.kind as 'state' | 'other')
    .execute();
  const works = await ctx.db
    .selectFrom('criteria_work')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('pilot_code', '=', pilot)
    .execute();
  const own = new Set(works.map(({ id }) => id));
  const promised = (await readEntries(ctx, {})).filter(
    ({ workId, kind, step }) => own.has(workId) && kind === added.kind && step === 'promised',
  );
  const whole = budget.reduce((sum, { amount_dong }) => sum + amount_dong, 0n);
  if (sumsOf([...promised, added]).promised > whole) refuseField('amount', 'criteria.money.over_budget');
}
