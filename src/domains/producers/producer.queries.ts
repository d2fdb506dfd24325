import { sql, type RawBuilder, type Selectable, type SqlBool } from 'kysely';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow, hamletsWhere, type Thing } from '#kernel/rights';
import type { ProducersProducer } from '#kernel/schema';
import { words } from '#kernel/text';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import type { Kind, Producer, Standard, StandardSpan } from './producer.ts';
import { spanOf } from '#kernel/span';

export type ProducerFilter = {
  /**
   * Words of name, head or registration number, or of the name of one member, in any order, without accents. Members
   * are found in the reader's hamlets only.
   */
  q?: string | undefined;
  kind?: Kind | undefined;
  standard?: Standard | undefined;
  trade?: string | undefined;
  hamletId?: string | undefined;
  /** Working today, ended before today, or both. */
  state?: 'working' | 'ended' | 'all' | undefined;
  offset?: number;
  limit?: number;
};

/** A producer as lists show one: without numbers and addresses. */
export type ProducerLine = Pick<
  Producer,
  | 'id'
  | 'kind'
  | 'name'
  | 'hamletId'
  | 'headName'
  | 'trades'
  | 'from'
  | 'last'
  | 'demo'
  | 'registrationNumber'
> & { standard: Standard | null; members: number };

export type ProducerPage = { items: ProducerLine[]; total: number };

/** A whole register is no list that a person reads in one go. */
export const MOST_ROWS = 20_000;

/** The producers that a filter leaves, by name. Who has the right in some hamlets finds those of these only. */
export async function listProducers(ctx: Ctx, filter: ProducerFilter = {}): Promise<ProducerPage> {
  const hamlets = hamletsWhere(ctx, 'producers.producer.list');
  const asked = filter.hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  allow(ctx, 'producers.producer.list', { kind: 'producer', hamlet_id: asked });
  return readLines(ctx, filter, hamlets);
}

/** The filtered list for a file; written down. @returns at most {@link MOST_ROWS} rows */
export async function exportProducers(ctx: Ctx, filter: ProducerFilter = {}): Promise<ProducerLine[]> {
  const hamlets = hamletsWhere(ctx, 'producers.producer.export');
  const asked = filter.hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  allow(ctx, 'producers.producer.export', { kind: 'producer', hamlet_id: asked }, { q: filter.q ?? null });
  return (await readLines(ctx, { ...filter, offset: 0, limit: MOST_ROWS }, hamlets)).items;
}

/** A producer with everything; every view is written down. @throws AppError `producers.producer.not_found` (404) */
export async function getProducer(ctx: Ctx, id: string): Promise<Producer> {
  const found = isId(id) ? await findProducer(ctx, id) : undefined;
  allow(ctx, 'producers.producer.see', thingOf(id, found));
  return mustExist(found, 'producers.producer');
}

/** By which standards a producer worked when, oldest first. @throws AppError `producers.producer.not_found` */
export async function standardsOf(ctx: Ctx, producerId: string): Promise<StandardSpan[]> {
  const producer = await findProducer(ctx, producerId);
  allow(ctx, 'producers.producer.see', thingOf(producerId, producer));
  mustExist(producer, 'producers.producer');
  return readStandards(ctx, producerId);
}

/** Without a right of its own; for the room's verbs, which have asked. */
export async function readStandards(ctx: Ctx, producerId: string): Promise<StandardSpan[]> {
  const rows = await ctx.db
    .selectFrom('producers_standard')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('producer_id', '=', producerId)
    .orderBy('from_day')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    producerId: row.producer_id,
    standard: row.standard as Standard,
    source: row.source,
    ...spanOf(row.from_day, row.last_day),
  }));
}

/** By id or by the word of its address; without a right of its own, for the room's verbs. */
export async function findProducer(ctx: Ctx, idOrSlug: string): Promise<Producer | undefined> {
  const row = await ctx.db
    .selectFrom('producers_producer')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where(isId(idOrSlug) ? 'id' : 'slug', '=', idOrSlug)
    .executeTakeFirst();
  return row && producerOf(row);
}

/** The producer, held until the transaction ends: what belongs to it is written by one at a time. */
export async function lockProducer(ctx: Ctx, id: string): Promise<Producer | undefined> {
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('producers_producer')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && producerOf(row);
}

/** What rights look at. */
export function thingOf(id: string, producer: Pick<Producer, 'hamletId'> | undefined): Thing {
  return { kind: 'producer', id, hamlet_id: producer?.hamletId ?? null };
}

async function readLines(
  ctx: Ctx,
  filter: ProducerFilter,
  hamlets: 'all' | readonly string[],
): Promise<ProducerPage> {
  const today = localDateOf(ctx.now);
  const found = filtered(ctx, filter, hamlets, today);
  if (!found) return { items: [], total: 0 };
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .selectAll('p')
    .select([
      's.standard',
      (eb) =>
        eb
          .selectFrom('producers_member as m')
          .select((of) => of.fn.countAll<bigint>().as('members'))
          .whereRef('m.commune_id', '=', 'p.commune_id')
          .whereRef('m.producer_id', '=', 'p.id')
          .where('m.from_day', '<=', today)
          .where((of) => of.or([of('m.last_day', 'is', null), of('m.last_day', '>=', today)]))
          .as('members'),
    ])
    .orderBy('p.search_text')
    .orderBy('p.id')
    .offset(filter.offset ?? 0)
    .limit(filter.limit ?? 25)
    .execute();
  const items = rows.map((row) => ({
    ...producerOf(row),
    standard: row.standard as Standard | null,
    members: Number(row.members ?? 0),
  }));
  return { items, total: Number(total) };
}

function filtered(ctx: Ctx, filter: ProducerFilter, hamlets: 'all' | readonly string[], today: LocalDate) {
  const q = filter.q ?? '';
  if (q.length > 200) throw new AppError('input.invalid', 422, {}, { q: 'input.too_big' });
  const asked = words(q);
  const foreign = filter.hamletId !== undefined && !isId(filter.hamletId);
  if ((q.trim() !== '' && asked.length === 0) || foreign) return undefined;
  let found = ctx.db
    .selectFrom('producers_producer as p')
    .leftJoin('producers_standard as s', (join) =>
      join
        .onRef('s.commune_id', '=', 'p.commune_id')
        .onRef('s.producer_id', '=', 'p.id')
        .on('s.from_day', '<=', today)
        .on((eb) => eb.or([eb('s.last_day', 'is', null), eb('s.last_day', '>=', today)])),
    )
    .where('p.commune_id', '=', ctx.commune.id);
  const { kind, standard, trade, hamletId, state = 'working' } = filter;
  if (hamlets !== 'all') found = found.where('p.hamlet_id', 'in', [...hamlets]);
  if (hamletId !== undefined) found = found.where('p.hamlet_id', '=', hamletId);
  if (kind !== undefined) found = found.where('p.kind', '=', kind);
  if (standard !== undefined) found = found.where('s.standard', '=', standard);
  if (trade !== undefined) found = found.where(sql<string>`${trade}`, '=', sql<string>`any(p.trades)`);
  if (state === 'working')
    found = found.where((eb) => eb.or([eb('p.last_day', 'is', null), eb('p.last_day', '>=', today)]));
  if (state === 'ended') found = found.where('p.last_day', '<', today);
  if (asked.length > 0) found = found.where(named(asked, hamlets));
  return found;
}

/** All words stand in the producer's own text, or all in the name of one member whom the reader may see. */
function named(asked: readonly string[], hamlets: 'all' | readonly string[]): RawBuilder<SqlBool> {
  const among = (text: RawBuilder<string>) =>
    sql<SqlBool>`(' ' || ${text}) like all (${asked.map((word) => `% ${word}%`)}::text[])`;
  const seen = hamlets === 'all' ? sql`true` : sql`m.hamlet_id = any (${[...hamlets]}::uuid[])`;
  return sql<SqlBool>`(${among(sql`p.search_text`)} or exists (
    select 1 from producers_member m
    where m.commune_id = p.commune_id and m.producer_id = p.id and ${seen} and ${among(sql`m.search_text`)}))`;
}

/** A row as the room knows it. */
export function producerOf(row: Selectable<ProducersProducer>): Producer {
  return {
    id: row.id,
    kind: row.kind as Kind,
    name: row.name,
    slug: row.slug,
    registrationNumber: row.registration_number,
    hamletId: row.hamlet_id,
    address: row.address,
    headName: row.head_name,
    phone: row.phone,
    email: row.email,
    website: row.website,
    about: row.about,
    aboutEn: row.about_en,
    trades: row.trades,
    demo: row.demo,
    version: row.version,
    from: localDate(row.from_day),
    last: row.last_day === null ? null : localDate(row.last_day),
  };
}
