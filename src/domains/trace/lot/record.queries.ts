/** What the public log commits to of a lot: all that was fixed when it was made, nobody's name among it. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { readCode } from './code.ts';

/** Weights are grams as texts; times UTC to the microsecond, as they are stored. */
export type LotRecord = {
  code: string;
  gtin: string;
  kind: string;
  producer: string;
  product: string;
  hamlet: string | null;
  made_at: string;
  made_on: string;
  best_before: string | null;
  made_g: string;
  fresh_g: string;
  standard: string;
  grade: string;
  moisture_tenths: number | null;
  /** The step that made it, and what went into that. */
  step: {
    id: string;
    kind: string;
    at: string;
    evidence: unknown;
    inputs: { lot: string; g: string; fresh_g: string }[];
  } | null;
  /** Of leaf: plots and days. */
  land: { plot: string; picked_at: string; picked_on: string; standard: string; pick: string | null }[];
};

const utc = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

/** Without a right of its own: strangers may read it of every lot. @param where conditions on `l` */
export async function readRecords(
  ctx: Ctx,
  where: RawBuilder<unknown>,
): Promise<{ id: string; record: LotRecord }[]> {
  const { rows } = await sql<{ id: string } & LotRecord>`
    select l.id, l.code, p.gtin, l.kind, l.producer_id as producer, l.product_id as product, l.hamlet_id as hamlet,
      ${utc('l.made_at')} as made_at, l.made_on::text as made_on, l.best_before::text as best_before,
      l.made_g::text as made_g, l.fresh_g::text as fresh_g, l.standard, l.grade, l.moisture_tenths,
      (select json_build_object('id', s.id, 'kind', s.kind, 'at', ${utc('s.happened_at')}, 'evidence', s.evidence,
          'inputs', coalesce((select json_agg(json_build_object('lot', i.code, 'g', n.g::text, 'fresh_g', n.fresh_g::text)
              order by i.code) from trace_step_lot n join trace_lot i on i.commune_id = n.commune_id and i.id = n.lot_id
            where n.commune_id = s.commune_id and n.step_id = s.id and n.side = 'in'), '[]'))
        from trace_step_lot o join trace_step s on s.commune_id = o.commune_id and s.id = o.step_id
        where o.commune_id = l.commune_id and o.lot_id = l.id and o.side = 'out') as step,
      coalesce((select json_agg(json_build_object('plot', t.plot_id, 'picked_at', ${utc('t.picked_at')},
          'picked_on', t.picked_on, 'standard', t.standard, 'pick', t.pick_id) order by t.plot_id, t.picked_on)
        from trace_source t where t.commune_id = l.commune_id and t.lot_id = l.id), '[]') as land
    from trace_lot l join trace_product p on p.commune_id = l.commune_id and p.id = l.product_id
    where l.commune_id = ${ctx.commune.id} and ${where}`.execute(ctx.db);
  return rows.map(({ id, ...record }) => ({ id, record }));
}

/** Lots that the log does not know yet, the oldest first. */
export function unloggedRecords(ctx: Ctx, limit: number): Promise<{ id: string; record: LotRecord }[]> {
  return readRecords(
    ctx,
    sql`not exists (select from trace_derived d where d.commune_id = l.commune_id and d.about = 'lot:' || l.id)
      order by l.id limit ${limit}`,
  );
}

/** By code, as the log's leaves name them. */
export async function recordsOf(ctx: Ctx, codes: readonly string[]): Promise<Map<string, LotRecord>> {
  const asked = codes.flatMap((code) => readCode(code) ?? []);
  const found = await readRecords(ctx, sql`l.code = any(${asked}::text[])`);
  return new Map(found.map(({ record }) => [record.code, record]));
}
