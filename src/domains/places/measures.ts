/** The measures of this room: each number is the count of its list, and a share by length the sums of its list. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import type { Measure, MeasurePart, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow, hamletsWhere } from '#kernel/rights';
import { localDate, startOfDay } from '#kernel/time';
import { listHamlets } from '#domain/commune';
import type { WorkKind } from './work.ts';
import { worksOn } from './work.queries.ts';

/** One row of a list: what strangers may know, and what officials of the hamlet see besides. */
type Row = {
  id: string;
  day: string;
  hamlet: string | null;
  label: string;
  length: number | null;
  hardened: number | null;
};
type Part = (ctx: Ctx, question: MeasureQuestion) => RawBuilder<unknown>;
type Words = Pick<Measure, 'name' | 'title' | 'meaning'>;
type Spec = Words & {
  of: Part;
  among?: Part;
  /** The share is one of metres, not of rows. */
  byLength?: boolean;
  records: 'addresses' | 'works';
};

const SCOPES = ['commune', 'hamlet'] as const;

/** Narrows to a hamlet; `hamlet:none` is what belongs to the whole commune. @throws AppError `measures.unknown_scope` */
function inScope(column: RawBuilder<unknown>, { scope }: MeasureQuestion): RawBuilder<unknown> {
  if (scope === 'commune') return sql`true`;
  const id = /^hamlet:(.+)$/.exec(scope)?.[1];
  if (id === undefined) throw new AppError('measures.unknown_scope', 422);
  return id === 'none' ? sql`${column} is null` : sql`${column}::text = ${id}`;
}

/** Addresses that held at the end of the day: the newest change up to it is no end. */
const addresses: Part = (ctx, question) => sql`
  select c.address_id as id, a.issued_on as day, c.hamlet_id as hamlet, c.number || ' · ' || a.code as label,
    null::int as length, null::int as hardened
  from (select distinct on (address_id) * from places_address_change
    where commune_id = ${ctx.commune.id} and on_day <= ${question.asOf} order by address_id, seq desc) c
  join places_address a on a.commune_id = c.commune_id and a.id = c.address_id
  where c.kind <> 'end' and ${inScope(sql`c.hamlet_id`, question)}`;

/** Works in use at the end of the day, as the newest inspection up to it found them. */
function works(kind: WorkKind | null, found: RawBuilder<unknown> = sql`true`): Part {
  return (ctx, question) => sql`
    select w.id, w.in_use_from as day, w.hamlet_id as hamlet, w.name as label, i.length_m as length,
      i.hardened_m as hardened
    ${worksOn(ctx, localDate(question.asOf))} and ${inScope(sql`w.hamlet_id`, question)}
      and ${kind === null ? sql`true` : sql`w.kind = ${kind}`} and ${found}`;
}

const AT_STANDARD = sql`coalesce(i.at_standard, false)`;

function measure({ of, among, byLength = false, records: kind, ...words }: Spec): Measure {
  const parts: Record<MeasurePart, Part> = { numerator: of, denominator: among ?? of };
  return {
    ...words,
    unit: among ? 'share' : 'count',
    scopes: SCOPES,
    audience: 'public',
    compute: async (ctx, question) => {
      allow(ctx, 'places.figures.see');
      const above = await sums(ctx, of(ctx, question));
      if (!among) return { numerator: above.count, denominator: null, value: above.count };
      const below = await sums(ctx, among(ctx, question));
      const counted = { numerator: above.count, denominator: below.count };
      if (!byLength) return { ...counted, value: below.count === 0 ? null : above.count / below.count };
      const measured = { part: above.hardened, whole: below.length };
      return { ...counted, measured, value: below.length === 0 ? null : above.hardened / below.length };
    },
    list: async (ctx, question, part, page) => {
      allow(ctx, 'places.figures.see');
      const rows = parts[part](ctx, question);
      return { total: (await sums(ctx, rows)).count, records: await records(ctx, rows, page, kind) };
    },
  };
}

async function sums(ctx: Ctx, rows: RawBuilder<unknown>) {
  const found = await sql<{ count: number; length: number; hardened: number }>`
    select count(*)::int as count, coalesce(sum(length), 0)::int as length,
      coalesce(sum(hardened), 0)::int as hardened from (${rows}) r`.execute(ctx.db);
  return found.rows[0]!;
}

/** Officials see the things of their hamlets with name and link, everybody else what kind of thing, where and since when. */
async function records(
  ctx: Ctx,
  rows: RawBuilder<unknown>,
  page: { offset: number; limit: number },
  kind: Spec['records'],
): Promise<MeasureRecord[]> {
  const open = hamletsWhere(ctx, kind === 'addresses' ? 'places.address.list' : 'places.work.list');
  const names = new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
  const found =
    await sql<Row>`select * from (${rows}) r order by day desc, id offset ${page.offset} limit ${page.limit}`.execute(
      ctx.db,
    );
  return found.rows.map((row, at) => {
    const mine = open === 'all' || (row.hamlet !== null && open.includes(row.hamlet));
    const hamlet = (row.hamlet && names.get(row.hamlet)) ?? '';
    return {
      id: mine ? row.id : String(page.offset + at + 1),
      at: startOfDay(localDate(row.day)),
      label: mine || kind === 'works' ? row.label : hamlet,
      href: mine ? (kind === 'works' ? `/places/staff/works/${row.id}` : `/places/staff/${row.id}`) : null,
      columns: { hamlet, ...lengths(row) },
    };
  });
}

function lengths({ length, hardened }: Row): Record<string, string> {
  return length === null ? {} : { length_m: String(length), hardened_m: String(hardened) };
}

/** Every measure of houses and public works. */
export const PLACE_MEASURES: readonly Measure[] = [
  measure({
    name: 'places.addresses_issued',
    title: { vi: 'Nhà đã có địa chỉ số', en: 'Houses with a digital address' },
    meaning: {
      vi: 'Số địa chỉ số đã cấp và còn hiệu lực đến hết ngày.',
      en: 'Digital addresses issued and still holding at the end of the day.',
    },
    of: addresses,
    records: 'addresses',
  }),
  measure({
    name: 'places.works_at_standard',
    title: { vi: 'Công trình đạt chuẩn', en: 'Public works at standard' },
    meaning: {
      vi: 'Công trình đang sử dụng mà lần kiểm tra gần nhất ghi đạt chuẩn, trên tổng số công trình đang sử dụng.',
      en: 'Works in use that the newest inspection found at standard, among all works in use.',
    },
    of: works(null, AT_STANDARD),
    among: works(null),
    records: 'works',
  }),
  measure({
    name: 'places.roads_hardened',
    title: { vi: 'Đường đã cứng hóa', en: 'Roads hardened' },
    meaning: {
      vi: 'Chiều dài đường đã cứng hóa trên tổng chiều dài đường, theo lần kiểm tra gần nhất của từng tuyến.',
      en: 'Hardened length among the whole length of roads, by the newest inspection of each.',
    },
    of: works('road', sql`i.hardened_m > 0`),
    among: works('road'),
    byLength: true,
    records: 'works',
  }),
  measure({
    name: 'places.irrigation_works',
    title: { vi: 'Công trình thủy lợi', en: 'Irrigation works' },
    meaning: {
      vi: 'Số công trình thủy lợi đang sử dụng (hồ, đập, trạm bơm, kênh).',
      en: 'Irrigation works in use (ponds, weirs, pumps, canals).',
    },
    of: works('irrigation'),
    records: 'works',
  }),
  measure({
    name: 'places.transformer_stations',
    title: { vi: 'Trạm biến áp', en: 'Transformer stations' },
    meaning: { vi: 'Số trạm biến áp đang sử dụng.', en: 'Transformer stations in use.' },
    of: works('transformer'),
    records: 'works',
  }),
  measure({
    name: 'places.schools_at_standard',
    title: { vi: 'Trường học đạt chuẩn', en: 'Schools at standard' },
    meaning: {
      vi: 'Trường học mà lần kiểm tra gần nhất ghi đạt chuẩn, trên tổng số trường.',
      en: 'Schools that the newest inspection found at standard, among all schools.',
    },
    of: works('school', AT_STANDARD),
    among: works('school'),
    records: 'works',
  }),
  measure({
    name: 'places.halls_at_standard',
    title: { vi: 'Nhà văn hóa đạt chuẩn', en: 'Halls at standard' },
    meaning: {
      vi: 'Nhà văn hóa xóm và xã mà lần kiểm tra gần nhất ghi đạt chuẩn, trên tổng số nhà văn hóa.',
      en: 'Halls of hamlets and commune that the newest inspection found at standard, among all halls.',
    },
    of: works('hall', AT_STANDARD),
    among: works('hall'),
    records: 'works',
  }),
  measure({
    name: 'places.loudspeakers',
    title: { vi: 'Cụm loa truyền thanh', en: 'Public-address loudspeakers' },
    meaning: {
      vi: 'Số cụm loa truyền thanh đang sử dụng ở các xóm và trung tâm xã.',
      en: 'Clusters of loudspeakers of the public-address system in use.',
    },
    of: works('loudspeaker'),
    records: 'works',
  }),
];
