import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow, hamletsWhere } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { standardOn, type Belonging, type Standard, type StandardOnDay } from '../producer.ts';
import { findProducer, thingOf } from '../producer.queries.ts';
import { holdsOn, spanOf, type Span } from '#kernel/span';
import { memberKey, type MemberRef } from './member.ts';

export type Member = Span & {
  id: string;
  householdId: string | null;
  residentId: string | null;
  name: string;
  hamletId: string | null;
  demo: boolean;
};

export type Members = {
  items: Member[];
  /** Belonging today. */
  today: number;
  /** Of other hamlets, where the reader's right is for some hamlets only. */
  elsewhere: number;
};

/**
 * Who belongs to a producer and who did, the present ones first. Who has the right in some hamlets sees their
 * people and how many there are besides. @throws AppError `producers.producer.not_found`
 */
export async function membersOf(ctx: Ctx, producerId: string): Promise<Members> {
  const producer = await findProducer(ctx, producerId);
  allow(ctx, 'producers.producer.see', thingOf(producerId, producer));
  mustExist(producer, 'producers.producer');
  const hamlets = hamletsWhere(ctx, 'producers.producer.see');
  const rows = await ctx.db
    .selectFrom('producers_member')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('producer_id', '=', producerId)
    .orderBy((eb) => eb('last_day', 'is not', null))
    .orderBy('search_text')
    .orderBy('from_day')
    .execute();
  const all = rows.map((row): Member => ({
    id: row.id,
    householdId: row.household_id,
    residentId: row.resident_id,
    name: row.name,
    hamletId: row.hamlet_id,
    demo: row.demo,
    ...spanOf(row.from_day, row.last_day),
  }));
  const items = all.filter(
    ({ hamletId }) => hamlets === 'all' || (hamletId !== null && hamlets.includes(hamletId)),
  );
  const today = localDateOf(ctx.now);
  const now = all.filter((one) => holdsOn(one, today)).length;
  return { items, today: now, elsewhere: all.length - items.length };
}

/**
 * The names of the households that belong to some producers today, by household.
 * @param lookedAfter whether the asking room found that the actor works for these producers' members
 */
export async function memberNames(
  ctx: Ctx,
  producerIds: readonly string[],
  { lookedAfter }: { lookedAfter: boolean },
): Promise<Map<string, string>> {
  const owners = lookedAfter ? [actorId(ctx.actor)] : [];
  allow(ctx, 'producers.member.names', { kind: 'producer', owners });
  const today = localDateOf(ctx.now);
  const rows = await ctx.db
    .selectFrom('producers_member')
    .select(['household_id', 'name'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`producer_id = any(${[...producerIds]}::uuid[])`)
    .where('household_id', 'is not', null)
    .where('from_day', '<=', today)
    .where((eb) => eb.or([eb('last_day', 'is', null), eb('last_day', '>=', today)]))
    .orderBy('name')
    .execute();
  return new Map(rows.map((row) => [row.household_id!, row.name]));
}

/**
 * The name of a producer, for whoever reads it in the register or works for its members.
 * @param lookedAfter whether the asking room found that the actor works for this producer's members
 * @throws AppError `producers.producer.not_found`
 */
export async function nameOfProducer(
  ctx: Ctx,
  id: string,
  { lookedAfter }: { lookedAfter: boolean },
): Promise<string> {
  const found = await findProducer(ctx, id);
  const owners = lookedAfter ? [actorId(ctx.actor)] : [];
  allow(ctx, 'producers.member.names', { ...thingOf(id, found), owners });
  return mustExist(found, 'producers.producer').name;
}

/**
 * By which standard a member worked on a day: what held, on that day, at the producers that it belonged to on that
 * day. The stricter goes before (organic, TCVN 11041, before VietGAP, TCVN 11892-1).
 */
export async function standardOf(ctx: Ctx, member: MemberRef, day: LocalDate): Promise<StandardOnDay> {
  allow(ctx, 'producers.standard.ask', { kind: 'member', hamlet_id: member.hamletId ?? null });
  return standardOn(await belongingsOf(ctx, memberKey(member)), day);
}

async function belongingsOf(ctx: Ctx, key: string): Promise<Belonging[]> {
  const rows = await ctx.db
    .selectFrom('producers_member as m')
    .innerJoin('producers_producer as p', (join) =>
      join.onRef('p.commune_id', '=', 'm.commune_id').onRef('p.id', '=', 'm.producer_id'),
    )
    .innerJoin('producers_standard as s', (join) =>
      join.onRef('s.commune_id', '=', 'm.commune_id').onRef('s.producer_id', '=', 'm.producer_id'),
    )
    .where('m.commune_id', '=', ctx.commune.id)
    .where('m.member_key', '=', key)
    .select(['m.id', 'm.from_day', 'm.last_day', 'p.id as producer_id', 'p.name'])
    .select(['p.from_day as producer_from', 'p.last_day as producer_last'])
    .select(['s.standard', 's.from_day as standard_from', 's.last_day as standard_last'])
    .orderBy('p.search_text')
    .orderBy('p.id')
    .execute();
  return rows.map((row) => ({
    producerId: row.producer_id,
    producerName: row.name,
    member: spanOf(row.from_day, row.last_day),
    producer: spanOf(row.producer_from, row.producer_last),
    standards: [
      { ...spanOf(localDate(row.standard_from), row.standard_last), standard: row.standard as Standard },
    ],
  }));
}
