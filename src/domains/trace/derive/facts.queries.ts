/** What happened since events were derived last, as facts. For the job alone. */
import { sql, type RawBuilder } from 'kysely';
import { getPicks } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { formatIso } from '#kernel/format';
import type { Evidence, StepKind } from '../lot/step.ts';
import { happeningLike, type Fact, type Found, type LotFact, type PartFact } from './derive.ts';
import { pickFacts } from './pick-facts.queries.ts';

/** At most `limit` facts of each kind, in the order in which they were recorded. */
export async function newFacts(ctx: Ctx, limit: number): Promise<Found[]> {
  const found = [
    ...(await pickFacts(ctx, limit)),
    ...(await steps(ctx, limit)),
    ...(await prints(ctx, limit)),
    ...(await releases(ctx, limit)),
    ...(await holds(ctx, limit)),
    ...(await recalls(ctx, limit)),
    ...(await undone(ctx, limit)),
  ];
  return found.toSorted((a, b) => (a.fact.at < b.fact.at ? -1 : a.fact.at > b.fact.at ? 1 : 0));
}

type Lot = {
  code: string;
  gtin: string;
  best_before: string | null;
  producer_id: string;
  hamlet_id: string | null;
};
const LOT = sql`json_build_object('code', l.code, 'gtin', p.gtin, 'best_before', l.best_before,
  'producer_id', l.producer_id, 'hamlet_id', l.hamlet_id)`;

function lotFact({ code, gtin, best_before }: Lot): LotFact {
  return { code, gtin, bestBefore: best_before };
}

function happening(ctx: Ctx, at: Date, lot: Lot | undefined) {
  const { origin } = ctx.wiring.installation;
  return { at: formatIso(at), origin, place: lot?.hamlet_id ? `urn:uuid:${lot.hamlet_id}` : null };
}

async function steps(ctx: Ctx, limit: number): Promise<Found[]> {
  return readSteps(
    ctx,
    sql`not exists (select from trace_derived d where d.commune_id = s.commune_id and d.about = 'step:' || s.id)
      order by s.recorded_at, s.id limit ${limit}`,
  );
}

/** Steps and tickets that were taken back: their events are declared wrong. */
async function undone(ctx: Ctx, limit: number): Promise<Found[]> {
  const { rows } = await sql<{ step_id: string; undone_at: Date }>`
    select step_id, undone_at from trace_undo u where commune_id = ${ctx.commune.id} and not exists (
      select from trace_derived d where d.commune_id = u.commune_id and d.about = 'undone:' || u.step_id)
    order by undone_at, step_id limit ${limit}`.execute(ctx.db);
  const taken = new Map(rows.map(({ step_id, undone_at }) => [`step:${step_id}`, undone_at]));
  const found = await readSteps(ctx, sql`s.id = any(${rows.map(({ step_id }) => step_id)}::uuid[])`);
  return found.map(({ about, producerId, fact }) => {
    const more = happeningLike(fact, taken.get(about)!);
    return {
      about: about.replace('step:', 'undone:'),
      producerId,
      fact: { what: 'wrong', of: fact, instead: null, ...more },
    };
  });
}

type StepRow = {
  id: string;
  kind: string;
  happened_at: Date;
  evidence: Evidence;
  lots: (Lot & { side: 'in' | 'out'; g: string })[];
  picked_from: string | null;
  picked_to: string | null;
  picks: string[] | null;
};

async function readSteps(ctx: Ctx, where: RawBuilder<unknown>): Promise<Found[]> {
  const { rows } = await sql<StepRow>`
    select s.id, s.kind, s.happened_at, s.evidence,
      (select json_agg((${LOT})::jsonb || jsonb_build_object('side', sl.side, 'g', sl.g::text) order by sl.side, l.id)
        from trace_step_lot sl join trace_lot l on l.commune_id = sl.commune_id and l.id = sl.lot_id
        join trace_product p on p.commune_id = l.commune_id and p.id = l.product_id
        where sl.commune_id = s.commune_id and sl.step_id = s.id) as lots, land.*
    from trace_step s left join lateral (
      select min(o.picked_on)::text as picked_from, max(o.picked_on)::text as picked_to,
        array_agg(distinct o.pick_id::text order by o.pick_id::text) filter (where o.pick_id is not null) as picks
      from trace_source o join trace_step_lot sl on sl.commune_id = o.commune_id and sl.lot_id = o.lot_id
        and sl.side = 'out' where sl.commune_id = s.commune_id and sl.step_id = s.id) land on s.kind = 'receive'
    where s.commune_id = ${ctx.commune.id} and ${where}`.execute(ctx.db);
  const picks = await getPicks(ctx, [...new Set(rows.flatMap((row) => row.picks ?? []))]);
  const leaf = new Map(picks.map(({ id, leafG }) => [id, leafG]));
  return rows.map((row) => ({
    about: `step:${row.id}`,
    producerId: row.lots[0]?.producer_id ?? null,
    fact: stepFact(ctx, row, leaf),
  }));
}

function stepFact(ctx: Ctx, row: StepRow, leaf: ReadonlyMap<string, bigint>): Fact {
  const part = (lot: StepRow['lots'][number]): PartFact => ({ ...lotFact(lot), g: BigInt(lot.g) });
  const side = (which: 'in' | 'out') => row.lots.filter((lot) => lot.side === which).map(part);
  return {
    what: 'step',
    kind: row.kind as StepKind,
    evidence: row.evidence,
    inputs: side('in'),
    outputs: side('out'),
    picked: row.picked_from === null ? null : { from: row.picked_from, to: row.picked_to ?? row.picked_from },
    picks: (row.picks ?? []).map((id) => ({ id, g: leaf.get(id)! })),
    ...happening(ctx, row.happened_at, row.lots[0]),
  };
}

/** Packs whose labels were printed with serial numbers; a reprint brings nothing new into being. */
async function prints(ctx: Ctx, limit: number): Promise<Found[]> {
  const { rows } = await sql<{ id: string; printed_at: Date; lot: Lot; serials: string[] }>`
    select r.id, r.printed_at, ${LOT} as lot, (select array_agg(s.serial order by s.serial) from trace_serial s
      where s.commune_id = r.commune_id and s.run_id = r.id) as serials
    from trace_label_run r
    join trace_lot l on l.commune_id = r.commune_id and l.id = r.lot_id
    join trace_product p on p.commune_id = l.commune_id and p.id = l.product_id
    where r.commune_id = ${ctx.commune.id} and r.serialised and r.reprint_of is null and not exists (
      select from trace_derived d where d.commune_id = r.commune_id and d.about = 'print:' || r.id)
    order by r.printed_at, r.id limit ${limit}`.execute(ctx.db);
  return rows.map(({ id, printed_at, lot, serials }) => ({
    about: `print:${id}`,
    producerId: lot.producer_id,
    fact: { what: 'labelled', lot: lotFact(lot), serials, ...happening(ctx, printed_at, lot) },
  }));
}

async function releases(ctx: Ctx, limit: number): Promise<Found[]> {
  const { rows } = await sql<{ id: string; released_at: Date; lot: Lot }>`
    select r.id, r.released_at, ${LOT} as lot from trace_release r
    join trace_lot l on l.commune_id = r.commune_id and l.id = r.lot_id
    join trace_product p on p.commune_id = l.commune_id and p.id = l.product_id
    where r.commune_id = ${ctx.commune.id} and not exists (
      select from trace_derived d where d.commune_id = r.commune_id and d.about = 'release:' || r.id)
    order by r.released_at, r.id limit ${limit}`.execute(ctx.db);
  return rows.map(({ id, released_at, lot }) => ({
    about: `release:${id}`,
    producerId: lot.producer_id,
    fact: { what: 'released', lots: [lotFact(lot)], ...happening(ctx, released_at, lot) },
  }));
}

async function holds(ctx: Ctx, limit: number): Promise<Found[]> {
  const { rows } = await sql<{ id: string; at: Date; what: 'held' | 'lifted'; lot: Lot }>`
    select h.id, t.at, t.what, ${LOT} as lot from trace_hold h
    join trace_lot l on l.commune_id = h.commune_id and l.id = h.lot_id
    join trace_product p on p.commune_id = l.commune_id and p.id = l.product_id
    cross join lateral (values ('held', h.placed_at), ('lifted', h.lifted_at)) as t (what, at)
    where h.commune_id = ${ctx.commune.id} and t.at is not null and not exists (
      select from trace_derived d where d.commune_id = h.commune_id and d.about = t.what || ':' || h.id)
    order by t.at, h.id limit ${limit}`.execute(ctx.db);
  return rows.map(({ id, at, what, lot }) => ({
    about: `${what}:${id}`,
    producerId: lot.producer_id,
    fact: { what, lots: [lotFact(lot)], ...happening(ctx, at, lot) },
  }));
}

async function recalls(ctx: Ctx, limit: number): Promise<Found[]> {
  const { rows } = await sql<{ id: string; at: Date; what: 'recalled' | 'recall_ended'; lots: Lot[] }>`
    select r.id, t.at, t.what, (select json_agg(${LOT} order by l.id) from trace_recall_lot n
      join trace_lot l on l.commune_id = n.commune_id and l.id = n.lot_id
      join trace_product p on p.commune_id = l.commune_id and p.id = l.product_id
      where n.commune_id = r.commune_id and n.recall_id = r.id) as lots
    from trace_recall r
    cross join lateral (values ('recalled', r.started_at), ('recall_ended', r.ended_at)) as t (what, at)
    where r.commune_id = ${ctx.commune.id} and t.at is not null and not exists (
      select from trace_derived d where d.commune_id = r.commune_id and d.about = t.what || ':' || r.id)
    order by t.at, r.id limit ${limit}`.execute(ctx.db);
  return rows.map(({ id, at, what, lots }) => ({
    about: `${what}:${id}`,
    producerId: null,
    fact: { what, lots: lots.map(lotFact), ...happening(ctx, at, undefined) },
  }));
}
