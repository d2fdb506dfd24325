/** The measures of the diary: entries that count, up to the day, as known now. */
import { sql, type RawBuilder } from 'kysely';
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { formatNumber } from '#kernel/format';
import type { Measure, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow, hamletsWhere } from '#kernel/rights';
import { addDays, localDate, startOfDay, type LocalDate } from '#kernel/time';
import type { EntryKind } from '../diary/entry.ts';
import { kindWords } from '../diary/words.ts';
import { readLines, sums, type Narrow } from '../plot/lines.queries.ts';
import { recordsOf } from './measures.ts';

type Spec = Pick<Measure, 'name' | 'title' | 'meaning'> & { kind?: EntryKind; weighed?: true };
type Page = { offset: number; limit: number };

const DAYS_OF_A_DIARY = 90;

/** Null for the commune. @throws AppError `measures.unknown_scope` */
export function hamletOf(scope: string): string | null {
  const hamletId = /^hamlet:(.+)$/.exec(scope)?.[1];
  if (scope !== 'commune' && hamletId === undefined) throw new AppError('measures.unknown_scope', 422);
  return hamletId ?? null;
}

/** Entries (`e`) that count, of the scope and the days asked. */
function counted(ctx: Ctx, { asOf, from, scope }: MeasureQuestion, kind?: EntryKind): RawBuilder<unknown> {
  const hamlet = hamletOf(scope);
  const there =
    hamlet === null
      ? sql`true`
      : sql`exists (select 1 from farming_entry_plot x
    join farming_plot p on p.commune_id = x.commune_id and p.id = x.plot_id
    where x.commune_id = ${ctx.commune.id} and x.entry_id = e.id and p.hamlet_id::text = ${hamlet})`;
  return sql`from farming_entry e
    where e.commune_id = ${ctx.commune.id} and not e.voids and e.happened_on <= ${asOf}
      and ${from === undefined ? sql`true` : sql`e.happened_on >= ${from}`}
      and ${kind === undefined ? sql`true` : sql`e.kind = ${kind}`} and ${there}
      and not exists (select 1 from farming_entry c where c.commune_id = ${ctx.commune.id} and c.corrects = e.id)`;
}

/** How many, and what was picked in grams. */
async function sumsOf(ctx: Ctx, of: RawBuilder<unknown>): Promise<{ total: number; leafG: number }> {
  const { rows } = await sql<{ total: number; leaf_g: number }>`
    select count(*)::int as total, coalesce(sum((e.details->>'leaf_g')::bigint), 0)::float8 as leaf_g ${of}`.execute(
    ctx.db,
  );
  return { total: rows[0]!.total, leafG: rows[0]!.leaf_g };
}

type Row = {
  id: string;
  kind: string;
  happened_on: string;
  leaf_g: number | null;
  hamlet_id: string;
  codes: string;
};

/** Officials see the entries of their hamlets with plots and link, everybody else what was done where and when. */
async function records(ctx: Ctx, of: RawBuilder<unknown>, { offset, limit }: Page): Promise<MeasureRecord[]> {
  const open = hamletsWhere(ctx, 'farming.diary.see');
  const names = new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
  const plots = (what: RawBuilder<unknown>) => sql`(select ${what} from farming_entry_plot x
    join farming_plot p on p.commune_id = x.commune_id and p.id = x.plot_id
    where x.commune_id = ${ctx.commune.id} and x.entry_id = e.id)`;
  const { rows } =
    await sql<Row>`select e.id, e.kind, e.happened_on, (e.details->>'leaf_g')::float8 as leaf_g,
      ${plots(sql`min(p.hamlet_id::text)`)} as hamlet_id, ${plots(sql`string_agg(p.code, ', ' order by p.code)`)} as codes
    ${of} order by e.happened_on desc, e.id offset ${offset} limit ${limit}`.execute(ctx.db);
  return rows.map((row, at): MeasureRecord => {
    const mine = open === 'all' || open.includes(row.hamlet_id);
    const kind = kindWords(row.kind as EntryKind, ctx.locale);
    const leaf =
      row.leaf_g === null
        ? null
        : `${formatNumber(row.leaf_g / 1_000, { digits: 1, locale: ctx.locale })} kg`;
    return {
      id: mine ? row.id : String(offset + at + 1),
      at: startOfDay(localDate(row.happened_on)),
      label: mine ? `${kind} · ${row.codes}` : kind,
      href: mine ? `/farming/staff/diary/${row.id}` : null,
      columns: { hamlet: names.get(row.hamlet_id) ?? '', ...(leaf !== null && { leaf }) },
    };
  });
}

function measure({ kind, weighed, ...spec }: Spec): Measure {
  return {
    ...spec,
    unit: weighed ? 'kilograms' : 'count',
    scopes: ['commune', 'hamlet'],
    audience: 'public',
    compute: async (ctx, question) => {
      allow(ctx, 'farming.figures.see');
      const { total, leafG } = await sumsOf(ctx, counted(ctx, question, kind));
      return { numerator: total, denominator: null, value: weighed ? leafG / 1_000 : total };
    },
    list: async (ctx, question, _part, page) => {
      allow(ctx, 'farming.figures.see');
      const of = counted(ctx, question, kind);
      return { total: (await sumsOf(ctx, of)).total, records: await records(ctx, of, page) };
    },
  };
}

/** The plots of the day on which something was written down within the days before it. */
async function diaryPlots(ctx: Ctx, { asOf, scope }: MeasureQuestion): Promise<Narrow> {
  const hamlet = hamletOf(scope);
  const on: LocalDate = localDate(asOf);
  const of = counted(ctx, { asOf, scope, from: addDays(on, 1 - DAYS_OF_A_DIARY) });
  const { rows } = await sql<{ plot_id: string }>`select distinct plot_id from farming_entry_plot
    where commune_id = ${ctx.commune.id} and entry_id in (select e.id ${of})`.execute(ctx.db);
  const ids = rows.map((row) => row.plot_id);
  return { on, ids, newestFirst: true, ...(hamlet !== null && { hamletId: hamlet }) };
}

const PLOTS_WITH_DIARY: Measure = {
  name: 'farming.plots_with_diary',
  title: { vi: 'Thửa chè có ghi nhật ký', en: 'Tea plots with a diary' },
  meaning: {
    vi: 'Số thửa chè có ít nhất một mục nhật ký còn giá trị trong 90 ngày tính đến ngày đó.',
    en: 'Tea plots with at least one entry that counts in the 90 days up to the day.',
  },
  unit: 'count',
  scopes: ['commune', 'hamlet'],
  audience: 'public',
  compute: async (ctx, question) => {
    allow(ctx, 'farming.figures.see');
    const { total } = await sums(ctx, await diaryPlots(ctx, question));
    return { numerator: total, denominator: null, value: total };
  },
  list: async (ctx, question, _part, page) => {
    allow(ctx, 'farming.figures.see');
    const filter = await diaryPlots(ctx, question);
    const { total } = await sums(ctx, filter);
    return {
      total,
      records: await recordsOf(ctx, await readLines(ctx, { ...filter, ...page }), page.offset),
    };
  },
};

/** Every measure of the diary. */
export const DIARY_MEASURES: readonly Measure[] = [
  measure({
    name: 'farming.entries',
    title: { vi: 'Mục nhật ký canh tác', en: 'Diary entries' },
    meaning: {
      vi: 'Số mục nhật ký còn giá trị về việc làm đến hết ngày (mục đã được sửa hoặc hủy không tính).',
      en: 'Entries that count of what was done up to the end of the day (those put right or taken back do not).',
    },
  }),
  measure({
    name: 'farming.sprays',
    kind: 'spray',
    title: { vi: 'Lần phun thuốc', en: 'Sprayings' },
    meaning: { vi: 'Số lần phun thuốc ghi trong nhật ký.', en: 'Sprayings written in diaries.' },
  }),
  measure({
    name: 'farming.fertilisings',
    kind: 'fertilise',
    title: { vi: 'Lần bón phân', en: 'Fertilisings' },
    meaning: { vi: 'Số lần bón phân ghi trong nhật ký.', en: 'Fertilisings written in diaries.' },
  }),
  measure({
    name: 'farming.picks',
    kind: 'pick',
    title: { vi: 'Lần hái chè', en: 'Pickings' },
    meaning: { vi: 'Số lần hái ghi trong nhật ký.', en: 'Pickings written in diaries.' },
  }),
  measure({
    name: 'farming.leaf_picked',
    kind: 'pick',
    weighed: true,
    title: { vi: 'Chè búp tươi đã hái', en: 'Fresh leaf picked' },
    meaning: {
      vi: 'Tổng khối lượng chè búp tươi ghi trong các lần hái.',
      en: 'Fresh leaf together, as written in the pickings.',
    },
  }),
  PLOTS_WITH_DIARY,
];
