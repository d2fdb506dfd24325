/** Lots for desks: lists, one lot with its whole life, what a recall would reach. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { allow, hamletsWhere } from '#kernel/rights';
import type { LocalDate } from '#kernel/time';
import { readCode } from './code.ts';
import { readFindings } from './findings.queries.ts';
import type { Edge } from './genealogy.ts';
import {
  edgesAmong,
  findLot,
  reachOf,
  readLots,
  readSources,
  type LotLine,
  type Source,
} from './lines.queries.ts';
import type { LotKind, LotState } from './lot.ts';
import type { Finding } from './release.ts';
import type { Evidence, StepKind } from './step.ts';

export type LotFilter = {
  /** A code, or its beginning. */
  q?: string | undefined;
  kind?: LotKind | undefined;
  state?: LotState | undefined;
  producerId?: string | undefined;
  offset?: number;
  limit?: number;
};

/** Lots, the newest first; those of the reader's hamlets. */
export async function listLots(
  ctx: Ctx,
  filter: LotFilter = {},
): Promise<{ items: LotLine[]; total: number }> {
  const hamlets = hamletsWhere(ctx, 'trace.lot.list');
  allow(ctx, 'trace.lot.list', { kind: 'lot', hamlet_id: hamlets === 'all' ? null : (hamlets[0] ?? null) });
  const where = sql.join(conditions(filter, hamlets), sql` and `);
  const { rows } = await sql<{ total: bigint }>`select count(*) as total from trace_lot l
    where l.commune_id = ${ctx.commune.id} and ${where}`.execute(ctx.db);
  const { offset = 0, limit = 25 } = filter;
  const items = await readLots(
    ctx,
    sql`${where} order by l.made_on desc, l.id desc offset ${offset} limit ${limit}`,
  );
  return { items, total: Number(rows[0]!.total) };
}

function conditions(filter: LotFilter, hamlets: 'all' | readonly string[]): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = [sql`true`];
  if (hamlets !== 'all') found.push(sql`l.hamlet_id = any(${[...hamlets]}::uuid[])`);
  if (filter.kind) found.push(sql`l.kind = ${filter.kind}`);
  if (filter.state) found.push(sql`l.state = ${filter.state}`);
  if (filter.producerId) found.push(sql`l.producer_id::text = ${filter.producerId}`);
  const q = filter.q?.trim() ?? '';
  if (q !== '') {
    const start = readCode(q) ?? q.toUpperCase().replaceAll(/[^A-Z0-9-]/g, '');
    found.push(sql`l.code like ${`${start}%`}`);
  }
  return found;
}

/**
 * The lots that some codes mean, in their order; those of the reader's hamlets. @throws AppError `trace.lot.not_found`
 * (404) where one means none
 */
export async function lotsByCode(ctx: Ctx, typed: readonly string[]): Promise<LotLine[]> {
  const hamlets = hamletsWhere(ctx, 'trace.lot.list');
  allow(ctx, 'trace.lot.list', { kind: 'lot', hamlet_id: hamlets === 'all' ? null : (hamlets[0] ?? null) });
  const codes = typed.map((one) => readCode(one) ?? '');
  const mine = conditions({}, hamlets);
  const found = await readLots(ctx, sql.join([sql`l.code = any(${codes}::text[])`, ...mine], sql` and `));
  const lots = new Map(found.map((lot) => [lot.code, lot]));
  return codes.map((code) => mustExist(lots.get(code), 'trace.lot'));
}

export type LotStep = {
  id: string;
  kind: StepKind;
  happenedAt: Date;
  evidence: Evidence;
  note: string | null;
  buyer: string | null;
  orderRef: string | null;
  /** A photo of it was kept. */
  photo: boolean;
  /** Whether this lot went in or came out, and how much. */
  side: 'in' | 'out';
  g: bigint;
  /** It was taken back: by whom and why. */
  undone: { name: string; reason: string } | null;
};
export type LotHold = {
  id: string;
  cause: 'interval' | 'found' | 'corrected';
  causeKey: string;
  reason: string | null;
  placedAt: Date;
  liftedAt: Date | null;
  liftedName: string | null;
  liftReason: string | null;
};
export type LotLife = {
  lot: LotLine;
  /** All that it was made of and all that was made of it, by id; it itself among it. */
  lots: ReadonlyMap<string, LotLine>;
  edges: Edge[];
  sources: Source[];
  steps: LotStep[];
  holds: LotHold[];
  releases: { at: Date; name: string; reason: string | null; findings: Finding[] }[];
  tests: {
    sampledOn: string;
    laboratory: string;
    number: string | null;
    passed: boolean;
    validTo: string | null;
  }[];
  recalls: { id: string; code: string; startedAt: Date; endedAt: Date | null; publicVi: string }[];
  /** What would speak against releasing it now; packs only. */
  findings: Finding[];
};

/** A lot with its whole life and its relations both ways. @throws AppError `trace.lot.not_found` (404) */
export async function getLot(ctx: Ctx, idOrCode: string): Promise<LotLife> {
  const { lot, thing } = await findLot(ctx, idOrCode);
  allow(ctx, 'trace.lot.see', thing);
  const found = mustExist(lot, 'trace.lot');
  const back = await reachOf(ctx, [found.id], 'back');
  const forward = await reachOf(ctx, [found.id], 'forward');
  const all = [...new Set([...back, ...forward])];
  const lines = await readLots(ctx, sql`l.id = any(${all}::uuid[])`);
  return {
    lot: found,
    lots: new Map(lines.map((line) => [line.id, line])),
    edges: await edgesAmong(ctx, all),
    sources: await readSources(ctx, back),
    ...(await lifeOf(ctx, found.id, back)),
    findings: found.kind === 'pack' ? await readFindings(ctx, found) : [],
  };
}

async function lifeOf(ctx: Ctx, id: string, back: readonly string[]) {
  const mine = sql`commune_id = ${ctx.commune.id} and lot_id = ${id}`;
  const steps = await sql<LotStep>`
    select s.id, s.kind, s.happened_at as "happenedAt", s.evidence, s.note, s.buyer, s.order_ref as "orderRef",
      s.file_hash is not null as photo, n.side, n.g,
      case when u.step_id is not null then json_build_object('name', u.undone_name, 'reason', u.reason) end as undone
    from trace_step_lot n join trace_step s on s.commune_id = n.commune_id and s.id = n.step_id
    left join trace_undo u on u.commune_id = n.commune_id and u.step_id = n.step_id
    where n.commune_id = ${ctx.commune.id} and n.lot_id = ${id} order by s.happened_at, s.id`.execute(ctx.db);
  const holds = await sql<LotHold>`
    select id, cause, cause_key as "causeKey", reason, placed_at as "placedAt", lifted_at as "liftedAt",
      lifted_name as "liftedName", lift_reason as "liftReason"
    from trace_hold where ${mine} order by placed_at desc, id`.execute(ctx.db);
  const releases = await sql<LotLife['releases'][number]>`
    select released_at as at, released_name as name, reason, findings from trace_release
    where ${mine} order by released_at desc`.execute(ctx.db);
  const tests = await sql<LotLife['tests'][number]>`
    select sampled_on as "sampledOn", laboratory, number, passed, valid_to as "validTo" from trace_lot_test
    where commune_id = ${ctx.commune.id} and lot_id = any(${[...back]}::uuid[]) order by sampled_on desc`.execute(
    ctx.db,
  );
  const recalls = await sql<LotLife['recalls'][number]>`
    select r.id, r.code, r.started_at as "startedAt", r.ended_at as "endedAt", r.public_vi as "publicVi"
    from trace_recall_lot n join trace_recall r on r.commune_id = n.commune_id and r.id = n.recall_id
    where n.commune_id = ${ctx.commune.id} and n.lot_id = ${id} order by r.started_at desc`.execute(ctx.db);
  return {
    steps: steps.rows,
    holds: holds.rows,
    releases: releases.rows,
    tests: tests.rows,
    recalls: recalls.rows,
  };
}

/** The photo of a step, for whoever may see one of its lots. @throws AppError `trace.step.not_found` (404) */
export async function stepPhoto(
  ctx: Ctx,
  idOrCode: string,
  stepId: string,
): Promise<{ hash: string; type: string }> {
  const { lot, thing } = await findLot(ctx, idOrCode);
  allow(ctx, 'trace.lot.see', thing);
  const { rows } = await sql<{ hash: string | null; type: string | null }>`
    select s.file_hash as hash, s.file_type as type from trace_step s
    join trace_step_lot n on n.commune_id = s.commune_id and n.step_id = s.id and n.lot_id = ${lot?.id ?? null}
    where s.commune_id = ${ctx.commune.id} and s.id::text = ${stepId}`.execute(ctx.db);
  const { hash, type } = mustExist(rows[0], 'trace.step');
  return { hash: mustExist(hash ?? undefined, 'trace.step'), type: type ?? 'image/jpeg' };
}

export type Reach = {
  lots: LotLine[];
  /** Grams of these lots that are still in the house. */
  leftG: bigint;
  /** Plots and days from which they came. */
  sources: Source[];
  /** What went out of the house already. */
  shipped: { lotId: string; buyer: string; orderRef: string | null; g: bigint; at: Date }[];
};

/**
 * What a recall of some lots reaches: backwards the plots and days, forwards every lot, order and buyer.
 * @throws AppError `trace.lot.not_found`
 */
export async function recallReach(ctx: Ctx, lotIds: readonly string[]): Promise<Reach> {
  allow(ctx, 'trace.recall.see', { kind: 'lot', id: lotIds[0] ?? '' });
  const forward = await reachOf(ctx, lotIds, 'forward');
  const lots = await readLots(ctx, sql`l.id = any(${forward}::uuid[]) order by l.made_at, l.id`);
  if (!lotIds.every((id) => lots.some((lot) => lot.id === id)))
    throw new AppError('trace.lot.not_found', 404);
  const shipped = await sql<Reach['shipped'][number]>`
    select n.lot_id as "lotId", s.buyer, s.order_ref as "orderRef", n.g, s.happened_at as at
    from trace_step_lot n join trace_step s on s.commune_id = n.commune_id and s.id = n.step_id and s.kind = 'ship'
    where n.commune_id = ${ctx.commune.id} and n.side = 'in' and n.lot_id = any(${forward}::uuid[])
      and not exists (select from trace_undo u where u.commune_id = s.commune_id and u.step_id = s.id)
    order by s.happened_at`.execute(ctx.db);
  return {
    lots,
    leftG: lots.reduce((sum, { leftG }) => sum + leftG, 0n),
    sources: await readSources(ctx, await reachOf(ctx, forward, 'back')),
    shipped: shipped.rows,
  };
}

export type RecallLine = {
  id: string;
  code: string;
  reason: string;
  publicVi: string;
  startedAt: Date;
  startedName: string;
  endedAt: Date | null;
  endReason: string | null;
  lots: number;
};

/** Recalls, the newest first. */
export async function listRecalls(ctx: Ctx): Promise<RecallLine[]> {
  allow(ctx, 'trace.recall.see');
  const { rows } = await sql<RecallLine>`
    select r.id, r.code, r.reason, r.public_vi as "publicVi", r.started_at as "startedAt",
      r.started_name as "startedName", r.ended_at as "endedAt", r.end_reason as "endReason",
      (select count(*)::int from trace_recall_lot n where n.commune_id = r.commune_id and n.recall_id = r.id) as lots
    from trace_recall r where r.commune_id = ${ctx.commune.id} order by r.started_at desc limit 200`.execute(
    ctx.db,
  );
  return rows;
}

export type TicketLine = {
  id: string;
  code: string;
  lotId: string;
  lotCode: string;
  producerId: string;
  sellerName: string;
  weighedAt: Date;
  pickedOn: LocalDate;
  grade: string;
  netG: bigint;
  pricePerKg: bigint;
  amount: bigint;
  payBy: LocalDate | null;
  paidAt: Date | null;
  /** It was taken back. */
  undone: boolean;
};

/** Tickets of the weighing point, the newest first; those of the reader's hamlets. @param unpaid only what is owed */
export async function listTickets(
  ctx: Ctx,
  { unpaid = false, offset = 0, limit = 25 }: { unpaid?: boolean; offset?: number; limit?: number } = {},
): Promise<{ items: TicketLine[]; total: number; owed: bigint }> {
  const hamlets = hamletsWhere(ctx, 'trace.ticket.list');
  allow(ctx, 'trace.ticket.list', {
    kind: 'ticket',
    hamlet_id: hamlets === 'all' ? null : (hamlets[0] ?? null),
  });
  const mine = hamlets === 'all' ? sql`true` : sql`l.hamlet_id = any(${[...hamlets]}::uuid[])`;
  const from = sql`from trace_ticket t join trace_lot l on l.commune_id = t.commune_id and l.id = t.lot_id
    where t.commune_id = ${ctx.commune.id} and ${mine} and ${unpaid ? sql`t.paid_at is null and not l.undone` : sql`true`}`;
  const { rows } = await sql<{ total: bigint; owed: string }>`select count(*) as total,
    coalesce(sum(t.amount) filter (where t.paid_at is null and not l.undone), 0) as owed ${from}`.execute(
    ctx.db,
  );
  const items = await sql<TicketLine>`
    select t.id, t.code, t.lot_id as "lotId", l.code as "lotCode", t.producer_id as "producerId",
      t.seller_name as "sellerName", t.weighed_at as "weighedAt", t.picked_on as "pickedOn", t.grade,
      t.net_g as "netG", t.price_per_kg as "pricePerKg", t.amount, t.pay_by as "payBy", t.paid_at as "paidAt", l.undone
    ${from} order by t.weighed_at desc, t.id desc offset ${offset} limit ${limit}`.execute(ctx.db);
  return { items: items.rows, total: Number(rows[0]!.total), owed: BigInt(rows[0]!.owed) };
}
