/** Works with their ledgers, as every reader may see them. */
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import type { Form, FundKind, Line, Step } from './ledger.ts';

export type Fund = { code: string; title: { vi: string; en: string }; kind: FundKind; paper: string };
export type Entry = Line & {
  id: string;
  workId: string;
  donorId: string | null;
  what: string;
  counters: string | null;
  reason: string | null;
};
export type Work = {
  id: string;
  pilot: string | null;
  hamletId: string | null;
  title: { vi: string; en: string };
  beginsOn: LocalDate;
};
export type Contract = {
  id: string;
  workId: string;
  number: string;
  contractor: string;
  what: string;
  amount: bigint;
  signedOn: LocalDate;
};

/** The funding sources, in the order of their codes. */
export async function listFunds(ctx: Ctx): Promise<Fund[]> {
  allow(ctx, 'criteria.money.see');
  const rows = await ctx.db
    .selectFrom('criteria_fund')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('code')
    .execute();
  return rows.map((row) => ({
    code: row.code,
    title: { vi: row.title_vi, en: row.title_en },
    kind: row.kind as FundKind,
    paper: row.paper,
  }));
}

/** The works that had begun on a day, those of pilots first. */
export async function listWorks(ctx: Ctx, asOf: LocalDate): Promise<Work[]> {
  allow(ctx, 'criteria.money.see');
  const rows = await ctx.db
    .selectFrom('criteria_work')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('begins_on', '<=', asOf)
    .orderBy('pilot_code')
    .orderBy('begins_on')
    .orderBy('id')
    .execute();
  return rows.map(workOf);
}

/** @throws AppError `criteria.work.not_found` (404) */
export async function getWork(ctx: Ctx, id: string): Promise<Work> {
  allow(ctx, 'criteria.money.see');
  return workRow(ctx, id);
}

/** Without a right of its own: for the room's verbs, which have asked already. @throws AppError `criteria.work.not_found` */
export async function workRow(ctx: Ctx, id: string): Promise<Work> {
  const row = isId(id)
    ? await ctx.db
        .selectFrom('criteria_work')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  return workOf(mustExist(row, 'criteria.work'));
}

type WorkRow = {
  id: string;
  pilot_code: string | null;
  hamlet_id: string | null;
  title_vi: string;
  title_en: string;
  begins_on: string;
};

function workOf(row: WorkRow): Work {
  return {
    id: row.id,
    pilot: row.pilot_code,
    hamletId: row.hamlet_id,
    title: { vi: row.title_vi, en: row.title_en },
    beginsOn: localDate(row.begins_on),
  };
}

/**
 * Without a right of its own: the entries up to a day, of all works or of one, the oldest first. Who gave is known by
 * id only: names are for `donors.queries.ts`.
 */
export async function readEntries(
  ctx: Ctx,
  { asOf, workId }: { asOf?: LocalDate; workId?: string },
): Promise<Entry[]> {
  let query = ctx.db
    .selectFrom('criteria_entry as e')
    .innerJoin('criteria_fund as f', (join) =>
      join.onRef('f.commune_id', '=', 'e.commune_id').onRef('f.code', '=', 'e.fund_code'),
    )
    .selectAll('e')
    .select('f.kind')
    .where('e.commune_id', '=', ctx.commune.id);
  if (asOf !== undefined) query = query.where('e.on_day', '<=', asOf);
  if (workId !== undefined) query = query.where('e.work_id', '=', workId);
  const rows = await query.orderBy('e.on_day').orderBy('e.entered_at').orderBy('e.id').execute();
  return rows.map((row) => ({
    id: row.id,
    workId: row.work_id,
    step: row.step as Step,
    fund: row.fund_code,
    kind: row.kind as FundKind,
    form: row.form as Form,
    amount: row.amount_dong,
    quantity: row.quantity === null ? null : Number(row.quantity),
    donorId: row.donor_id,
    contractId: row.contract_id,
    onDay: localDate(row.on_day),
    what: row.what,
    counters: row.counters,
    reason: row.reason,
  }));
}

/** What still stands: neither taken back nor taking back. */
export function standing(entries: readonly Entry[]): Entry[] {
  const gone = new Set(entries.flatMap(({ counters }) => counters ?? []));
  return entries.filter(({ id, counters }) => counters === null && !gone.has(id));
}

/** The contracts of a work, the oldest first; of all works where none is named. */
export async function listContracts(ctx: Ctx, workId?: string): Promise<Contract[]> {
  allow(ctx, 'criteria.money.see');
  return contractRows(ctx, workId);
}

/** Without a right of its own: for the room's verbs, which have asked already. */
export async function contractRows(ctx: Ctx, workId?: string): Promise<Contract[]> {
  let query = ctx.db.selectFrom('criteria_contract').selectAll().where('commune_id', '=', ctx.commune.id);
  if (workId !== undefined) query = query.where('work_id', '=', workId);
  const rows = await query.orderBy('signed_on').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    workId: row.work_id,
    number: row.number,
    contractor: row.contractor,
    what: row.what,
    amount: row.amount_dong,
    signedOn: localDate(row.signed_on),
  }));
}

/** What a work has come to, the newest first. */
export async function listResults(ctx: Ctx, workId: string) {
  allow(ctx, 'criteria.money.see');
  const rows = await ctx.db
    .selectFrom('criteria_result')
    .select(['id', 'on_day', 'what'])
    .where('commune_id', '=', ctx.commune.id)
    .where('work_id', '=', workId)
    .orderBy('on_day', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ id, on_day, what }) => ({ id, what, onDay: localDate(on_day) }));
}
