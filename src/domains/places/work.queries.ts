import { sql, type RawBuilder, type Selectable, type SqlBool } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow, hamletsWhere } from '#kernel/rights';
import type { PlacesInspection, PlacesWork } from '#kernel/schema';
import { words } from '#kernel/text';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { photosOf, readPhoto } from './photo.queries.ts';
import type { Condition, Inspection, Surface, Work, WorkKind } from './work.ts';

/** A work with the inspection that tells how it stands. */
export type StandingWork = Work & { standing: Inspection | null };

export type WorkFilter = {
  kind?: WorkKind | undefined;
  hamletId?: string | undefined;
  /** Words of the name, without accents, in any order. */
  q?: string | undefined;
  /** `yes`: at standard, `no`: below it or never inspected. */
  standard?: 'yes' | 'no' | undefined;
  /** Free wifi at the newest inspection. */
  wifi?: 'yes' | undefined;
  /** The day; today unless told. */
  on?: LocalDate;
  offset?: number;
  limit?: number;
};

type Row = Selectable<PlacesWork> & { i: InspectionJson | null; total: bigint };
type InspectionJson = Omit<Selectable<PlacesInspection>, 'at'> & { at: string };

/** The works in use on a day as everybody may know them, by kind and name. */
export async function listPublicWorks(ctx: Ctx, filter: WorkFilter = {}) {
  allow(ctx, 'places.work.see');
  return worksIn(ctx, filter, 'all');
}

/** The works that an official keeps: a hamlet head those of his hamlet. */
export async function listWorks(ctx: Ctx, filter: WorkFilter = {}) {
  const seen = hamletsWhere(ctx, 'places.work.list');
  allow(ctx, 'places.work.list', { hamlet_id: seen === 'all' ? null : (filter.hamletId ?? seen[0] ?? null) });
  return worksIn(ctx, filter, seen);
}

async function worksIn(
  ctx: Ctx,
  filter: WorkFilter,
  seen: 'all' | readonly string[],
): Promise<{ items: StandingWork[]; total: number }> {
  const on = filter.on ?? localDateOf(ctx.now);
  const conditions: RawBuilder<SqlBool>[] = [];
  if (seen !== 'all') conditions.push(sql`w.hamlet_id = any(${[...seen]}::uuid[])`);
  if (filter.kind) conditions.push(sql`w.kind = ${filter.kind}`);
  if (filter.hamletId) conditions.push(sql`w.hamlet_id::text = ${filter.hamletId}`);
  if (filter.standard) conditions.push(sql`coalesce(i.at_standard, false) = ${filter.standard === 'yes'}`);
  if (filter.wifi) conditions.push(sql`i.wifi`);
  for (const word of words(filter.q ?? '').slice(0, 8))
    conditions.push(sql`(' ' || w.search_text) like ${`% ${word}%`}`);
  const where = conditions.map((condition) => sql` and ${condition}`);
  const { rows } = await sql<Row>`
    select w.*, to_jsonb(i) as i, count(*) over () as total
    ${worksOn(ctx, on)} ${sql.join(where, sql``)}
    order by array_position(array['road', 'irrigation', 'transformer', 'school', 'hall', 'loudspeaker'], w.kind), w.name, w.id
    offset ${filter.offset ?? 0} limit ${filter.limit ?? 500}`.execute(ctx.db);
  return { items: rows.map(standingOf), total: Number(rows[0]?.total ?? 0) };
}

/**
 * `from … where …` for the works `w` in use on a day, each with the inspection `i` that tells how it stood
 * then (the same rule as `standingOn`; a test holds both equal).
 */
export function worksOn(ctx: Ctx, on: LocalDate): RawBuilder<unknown> {
  return sql`from places_work w left join lateral (
      select i.* from places_inspection i
      where i.commune_id = w.commune_id and i.work_id = w.id and i.on_day <= ${on}
        and not exists (select 1 from places_inspection r where r.commune_id = i.commune_id and r.replaces = i.id)
      order by i.on_day desc, i.id desc limit 1) i on true
    where w.commune_id = ${ctx.commune.id} and w.in_use_from <= ${on} and (w.ended_on is null or w.ended_on > ${on})`;
}

/** A work as it is now, before anybody is asked for a right. @throws AppError `places.work.not_found` (404) */
export async function readWork(ctx: Ctx, id: string): Promise<Work> {
  const row = isId(id)
    ? await ctx.db
        .selectFrom('places_work')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  return workOf(mustExist(row, 'places.work'));
}

/** A work with everything known of it, for officials. @throws AppError `places.work.not_found` */
export async function getWork(ctx: Ctx, id: string) {
  const work = await readWork(ctx, id);
  allow(ctx, 'places.work.list', { kind: 'work', id, hamlet_id: work.hamletId });
  const [inspections, money, photos] = [
    await inspectionsOf(ctx, id),
    await moneyOf(ctx, id),
    await photosOf(ctx, { work: id }, false),
  ];
  return { work, inspections, money, photos };
}

/** A work as everybody may know it: no notes, no single sums, photographs that are public. @throws AppError as above */
export async function getPublicWork(ctx: Ctx, id: string) {
  allow(ctx, 'places.work.see');
  const work = await readWork(ctx, id);
  const sums = (await moneyOf(ctx, id)).filter(({ counts }) => counts);
  const sum = (kind: string, source?: string) =>
    sums
      .filter((one) => one.kind === kind && (source === undefined || one.source === source))
      .reduce((total, { amount }) => total + amount, 0n);
  return {
    work,
    inspections: await inspectionsOf(ctx, id),
    photos: await photosOf(ctx, { work: id }, true),
    cost: sum('cost'),
    contributed: sum('contribution', 'people'),
  };
}

/** All inspections, oldest first, replaced ones too. */
async function inspectionsOf(ctx: Ctx, workId: string): Promise<Inspection[]> {
  const rows = await ctx.db
    .selectFrom('places_inspection')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('work_id', '=', workId)
    .orderBy('on_day')
    .orderBy('id')
    .execute();
  return rows.map(inspectionOf);
}

/** Costs and contributions, oldest first; `counts` is false for rows that were replaced. */
async function moneyOf(ctx: Ctx, workId: string) {
  const rows = await ctx.db
    .selectFrom('places_money')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('work_id', '=', workId)
    .orderBy('on_day')
    .orderBy('id')
    .execute();
  const replaced = new Set(rows.map((row) => row.replaces));
  return rows.map(({ id, kind, on_day: onDay, what, source, form, quantity, amount }) => {
    return {
      id,
      kind,
      onDay: localDate(onDay),
      what,
      source,
      form,
      quantity,
      amount,
      counts: !replaced.has(id),
    };
  });
}

/**
 * The stored file of a photograph: everybody may see a public one, officials of the place all.
 * @throws AppError `places.photo.not_found` (404)
 */
export async function getPhoto(
  ctx: Ctx,
  workId: string,
  id: string,
): Promise<{ hash: string; mediaType: string }> {
  const work = await readWork(ctx, workId);
  const { public: open, ...photo } = await readPhoto(ctx, { work: work.id }, id);
  allow(ctx, open ? 'places.work.see' : 'places.work.list', {
    kind: 'work',
    id: work.id,
    hamlet_id: work.hamletId,
  });
  return photo;
}

function workOf(row: Selectable<PlacesWork>): Work {
  return {
    id: row.id,
    kind: row.kind as WorkKind,
    name: row.name,
    hamletId: row.hamlet_id,
    point: row.lat === null || row.lng === null ? null : { lat: row.lat, lng: row.lng },
    inUseFrom: localDate(row.in_use_from),
    endedOn: row.ended_on === null ? null : localDate(row.ended_on),
    demo: row.demo,
  };
}

function standingOf(row: Row): StandingWork {
  const standing = row.i && inspectionOf({ ...row.i, at: new Date(row.i.at) });
  return { ...workOf(row), standing };
}

function inspectionOf(row: Selectable<PlacesInspection>): Inspection {
  return {
    id: row.id,
    onDay: localDate(row.on_day),
    condition: row.condition as Condition,
    atStandard: row.at_standard,
    lengthM: row.length_m,
    hardenedM: row.hardened_m,
    surface: row.surface as Surface | null,
    wifi: row.wifi,
    note: row.note,
    replaces: row.replaces,
    at: row.at,
  };
}
