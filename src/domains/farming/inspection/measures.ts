/** The measures of inspections: how many in a year, and what was found and waits to be closed. */
import { sql, type RawBuilder } from 'kysely';
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import type { Measure, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow, hamletsWhere } from '#kernel/rights';
import { addDays, localDate, startOfDay } from '#kernel/time';
import { hamletOf } from '../figures/diary-measures.ts';
import { findChecklist } from './checklist.ts';

type Spec = Pick<Measure, 'name' | 'title' | 'meaning'>;
type Of = (ctx: Ctx, question: MeasureQuestion) => RawBuilder<unknown>;

/** Internal inspections are due at least once in so many days (TCVN 11892-1:2017, not compared). */
const A_YEAR = 365;

function there(scope: string): RawBuilder<unknown> {
  const hamlet = hamletOf(scope);
  return hamlet === null ? sql`true` : sql`i.hamlet_id::text = ${hamlet}`;
}

/** Inspections (`i`) of the days asked, of the year up to the day where none are. */
function inspections(ctx: Ctx, { asOf, from, scope }: MeasureQuestion): RawBuilder<unknown> {
  const first = from ?? addDays(localDate(asOf), 1 - A_YEAR);
  return sql`i.inspected_on as day, i.id from farming_inspection i
    where i.commune_id = ${ctx.commune.id} and i.inspected_on between ${first} and ${asOf} and ${there(scope)}`;
}

/** What was found by the day and not closed by then. */
function openFindings(ctx: Ctx, { asOf, scope }: MeasureQuestion): RawBuilder<unknown> {
  return sql`i.inspected_on as day, n.id from farming_nonconformity n
    join farming_inspection i on i.commune_id = n.commune_id and i.id = n.inspection_id
    where n.commune_id = ${ctx.commune.id} and i.inspected_on <= ${asOf}
      and (n.closed_on is null or n.closed_on > ${asOf}) and ${there(scope)}`;
}

async function count(ctx: Ctx, of: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from (select i.checklist, ${of}) x`.execute(ctx.db);
  return rows[0]!.total;
}

type Row = { id: string; inspection: string; day: string; checklist: string; hamlet_id: string };

/** Officials see the inspections of their hamlets, everybody else where and when. */
async function records(
  ctx: Ctx,
  of: RawBuilder<unknown>,
  { offset, limit }: { offset: number; limit: number },
): Promise<MeasureRecord[]> {
  const open = hamletsWhere(ctx, 'farming.diary.see');
  const names = new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
  const { rows } = await sql<Row>`
    select * from (select i.id as inspection, i.checklist, i.hamlet_id, ${of}) x
    order by day desc, id offset ${offset} limit ${limit}`.execute(ctx.db);
  return rows.map((row, at): MeasureRecord => {
    const mine = open === 'all' || open.includes(row.hamlet_id);
    const title = findChecklist(row.checklist, { day: row.day })?.title;
    return {
      id: mine ? row.id : String(offset + at + 1),
      at: startOfDay(localDate(row.day)),
      label: title?.[ctx.locale] ?? row.checklist,
      href: mine ? `/farming/staff/inspections/${row.inspection}` : null,
      columns: { hamlet: names.get(row.hamlet_id) ?? '' },
    };
  });
}

function measure(spec: Spec, of: Of): Measure {
  return {
    ...spec,
    unit: 'count',
    scopes: ['commune', 'hamlet'],
    audience: 'public',
    compute: async (ctx, question) => {
      allow(ctx, 'farming.figures.see');
      const total = await count(ctx, of(ctx, question));
      return { numerator: total, denominator: null, value: total };
    },
    list: async (ctx, question, _part, page) => {
      allow(ctx, 'farming.figures.see');
      const asked = of(ctx, question);
      return { total: await count(ctx, asked), records: await records(ctx, asked, page) };
    },
  };
}

export const INSPECTION_MEASURES: readonly Measure[] = [
  measure(
    {
      name: 'farming.inspections',
      title: { vi: 'Lượt kiểm tra nội bộ', en: 'Internal inspections' },
      meaning: {
        vi: 'Số lượt kiểm tra nội bộ (VietGAP, hữu cơ) trong 12 tháng tính đến ngày đó.',
        en: 'Internal inspections (VietGAP, organic) in the twelve months up to the day.',
      },
    },
    inspections,
  ),
  measure(
    {
      name: 'farming.nonconformities_open',
      title: { vi: 'Điểm chưa phù hợp chưa khắc phục', en: 'Non-conformities not closed' },
      meaning: {
        vi: 'Số điểm chưa phù hợp phát hiện đến ngày đó mà đến hết ngày chưa khắc phục xong.',
        en: 'What inspections had found by the day and was not closed by its end.',
      },
    },
    openFindings,
  ),
];
