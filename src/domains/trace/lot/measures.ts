/** The measures of lots: the number is the count of the list of lots, or what they weigh together. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { Measure, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow, hamletsWhere } from '#kernel/rights';
import { localDate, startOfDay } from '#kernel/time';
import { kiloWords } from '../words.ts';
import { readLots } from './lines.queries.ts';

type Spec = Pick<Measure, 'name' | 'title' | 'meaning'> & {
  unit: 'count' | 'kilograms';
  which: RawBuilder<unknown>;
};

/** @throws AppError `measures.unknown_scope` */
function whereOf({ asOf, from, scope }: MeasureQuestion, { which }: Spec): RawBuilder<unknown> {
  const [, kind, id] = /^(hamlet|producer):(.+)$/.exec(scope) ?? [];
  if (scope !== 'commune' && kind === undefined) throw new AppError('measures.unknown_scope', 422);
  const here =
    kind === undefined
      ? sql`true`
      : !isId(id!)
        ? sql`false`
        : kind === 'hamlet'
          ? sql`l.hamlet_id = ${id}`
          : sql`l.producer_id = ${id}`;
  const since = from === undefined ? sql`true` : sql`l.made_on >= ${localDate(from)}`;
  return sql`not l.undone and ${which} and ${here} and ${since} and l.made_on <= ${localDate(asOf)}`;
}

async function sumsOf(ctx: Ctx, where: RawBuilder<unknown>): Promise<{ total: number; g: bigint }> {
  const { rows } = await sql<{ total: bigint; g: bigint }>`
    select count(*) as total, coalesce(sum(l.made_g), 0)::bigint as g from trace_lot l
    where l.commune_id = ${ctx.commune.id} and ${where}`.execute(ctx.db);
  return { total: Number(rows[0]!.total), g: rows[0]!.g };
}

function measure(spec: Spec): Measure {
  const { name, title, meaning, unit } = spec;
  return {
    name,
    title,
    meaning,
    unit,
    scopes: ['commune', 'hamlet', 'producer'],
    audience: 'public',
    compute: async (ctx, question) => {
      allow(ctx, 'trace.figures.see');
      const { total, g } = await sumsOf(ctx, whereOf(question, spec));
      return { numerator: total, denominator: null, value: unit === 'count' ? total : Number(g) / 1_000 };
    },
    list: async (ctx, question, _part, page) => {
      allow(ctx, 'trace.figures.see');
      const where = whereOf(question, spec);
      const { total } = await sumsOf(ctx, where);
      return { total, records: await records(ctx, where, page) };
    },
  };
}

/** Officials see the lots of their hamlets with code and link, everybody else the product, the day and the weight. */
async function records(
  ctx: Ctx,
  where: RawBuilder<unknown>,
  { offset, limit }: { offset: number; limit: number },
): Promise<MeasureRecord[]> {
  const open = hamletsWhere(ctx, 'trace.lot.list');
  const lots = await readLots(
    ctx,
    sql`${where} order by l.made_on desc, l.id desc offset ${offset} limit ${limit}`,
  );
  return lots.map((lot, at): MeasureRecord => {
    const mine = open === 'all' || (lot.hamletId !== null && open.includes(lot.hamletId));
    return {
      id: mine ? lot.id : String(offset + at + 1),
      at: startOfDay(lot.madeOn),
      label: mine ? `${lot.code} · ${lot.productName}` : lot.productName,
      href: mine ? `/trace/staff/${lot.id}` : null,
      columns: { weight: kiloWords(lot.madeG, ctx.locale) },
    };
  });
}

/** What came out of drying: sorted, blended and packed it is the same tea. */
const DRIED = sql`l.kind = 'dry' and exists (select from trace_step_lot n
  join trace_step s on s.commune_id = n.commune_id and s.id = n.step_id and s.kind = 'dry'
  where n.commune_id = l.commune_id and n.lot_id = l.id and n.side = 'out')`;

/** Every measure of lots. */
export const LOT_MEASURES: readonly Measure[] = [
  measure({
    name: 'trace.lots',
    title: { vi: 'Lô chè', en: 'Tea lots' },
    meaning: {
      vi: 'Số lô chè có trong kỳ, từ chè tươi tới chè đóng gói.',
      en: 'Tea lots that came into being in the period, from fresh leaf to packs.',
    },
    unit: 'count',
    which: sql`true`,
  }),
  measure({
    name: 'trace.packed_lots',
    title: { vi: 'Lô chè đóng gói', en: 'Packed tea lots' },
    meaning: { vi: 'Số lô chè đã đóng gói trong kỳ.', en: 'Lots of tea that were packed in the period.' },
    unit: 'count',
    which: sql`l.kind = 'pack'`,
  }),
  measure({
    name: 'trace.dry_tea',
    title: { vi: 'Chè khô làm ra', en: 'Dry tea made' },
    meaning: {
      vi: 'Khối lượng chè ra khỏi khâu sao sấy trong kỳ; sàng, trộn, đóng gói về sau không tính lại.',
      en: 'Weight of tea that came out of drying in the period; sorting, blending and packing later do not count again.',
    },
    unit: 'kilograms',
    which: DRIED,
  }),
];
