import { sql, type Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId, normalizeCode } from '#kernel/ids';
import { readCode, recoverCode } from '#kernel/open-location-code';
import { allow, hamletsWhere } from '#kernel/rights';
import type { PlacesAddress } from '#kernel/schema';
import { localDate } from '#kernel/time';
import { numberKey, type Address, type AddressChange, type ChangeKind } from './address.ts';
import { centreOf } from './centre.queries.ts';
import { photosOf, readPhoto, type Photo } from './photo.queries.ts';

export type AddressFilter = {
  hamletId?: string | undefined;
  /** A house number, a plate's code or a location code. */
  q?: string | undefined;
  /** Ended ones too. */
  ended?: boolean;
  offset?: number;
  limit?: number;
};

/** The addresses that an official may see: a hamlet head those of his hamlet. By hamlet's order, then number. */
export async function listAddresses(
  ctx: Ctx,
  filter: AddressFilter = {},
): Promise<{ items: Address[]; total: number }> {
  const seen = hamletsWhere(ctx, 'places.address.list');
  allow(ctx, 'places.address.list', {
    hamlet_id: seen === 'all' ? null : (filter.hamletId ?? seen[0] ?? null),
  });
  const query = await narrowed(ctx, filter, seen);
  const { total } = await query.select((q) => q.fn.countAll<bigint>().as('total')).executeTakeFirstOrThrow();
  const rows = await query
    .innerJoin('commune_hamlet as h', (join) =>
      join.onRef('h.commune_id', '=', 'a.commune_id').onRef('h.id', '=', 'a.hamlet_id'),
    )
    .selectAll('a')
    .orderBy('h.position')
    .orderBy('h.name')
    .orderBy(sql`coalesce(substring(a.number from '^[0-9]{1,9}')::int, 0)`)
    .orderBy('a.number_key')
    .orderBy('a.id')
    .offset(filter.offset ?? 0)
    .limit(filter.limit ?? 25)
    .execute();
  return { items: rows.map(addressOf), total: Number(total) };
}

async function narrowed(ctx: Ctx, filter: AddressFilter, seen: 'all' | readonly string[]) {
  let query = ctx.db.selectFrom('places_address as a').where('a.commune_id', '=', ctx.commune.id);
  if (seen !== 'all') query = query.where('a.hamlet_id', 'in', [...seen]);
  if (filter.hamletId) query = query.where(sql<string>`a.hamlet_id::text`, '=', filter.hamletId);
  if (!filter.ended) query = query.where('a.ended_on', 'is', null);
  const q = filter.q?.trim() ?? '';
  if (q === '') return query;
  const whole = readCode(q) && recoverCode(q, (await centreOf(ctx)) ?? { lat: 0, lng: 0 });
  const code = normalizeCode(q, 8);
  return query.where((e) =>
    e.or([
      e('a.number_key', '=', numberKey(q).slice(0, 40)),
      ...(code ? [e('a.code', '=', code)] : []),
      ...(whole ? [e('a.location_code', '=', whole.slice(0, 11))] : []),
    ]),
  );
}

/** An address with its history, newest last, for officials. @throws AppError `places.address.not_found` */
export async function getAddress(
  ctx: Ctx,
  id: string,
): Promise<{ address: Address; changes: AddressChange[]; photos: Photo[] }> {
  const found = isId(id)
    ? await ctx.db
        .selectFrom('places_address')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  const row = mustExist(found, 'places.address');
  allow(ctx, 'places.address.list', { kind: 'address', id, hamlet_id: row.hamlet_id });
  return {
    address: addressOf(row),
    changes: await changesOf(ctx, id),
    photos: await photosOf(ctx, { address: id }, false),
  };
}

/** The stored file of a house's photograph, for officials of the hamlet. @throws AppError `places.photo.not_found` (404) */
export async function getAddressPhoto(ctx: Ctx, addressId: string, id: string) {
  const { address } = await getAddress(ctx, addressId);
  allow(ctx, 'places.address.list', { kind: 'address', id: addressId, hamlet_id: address.hamletId });
  return readPhoto(ctx, { address: addressId }, id);
}

async function changesOf(ctx: Ctx, id: string): Promise<AddressChange[]> {
  const rows = await ctx.db
    .selectFrom('places_address_change')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('address_id', '=', id)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    kind: row.kind as ChangeKind,
    onDay: localDate(row.on_day),
    hamletId: row.hamlet_id,
    number: row.number,
    lat: row.lat,
    lng: row.lng,
    locationCode: row.location_code,
    reason: row.reason,
    at: row.at,
  }));
}

/** A row as the room's own words have it. */
export function addressOf(row: Selectable<PlacesAddress>): Address {
  return {
    id: row.id,
    code: row.code,
    hamletId: row.hamlet_id,
    number: row.number,
    lat: row.lat,
    lng: row.lng,
    locationCode: row.location_code,
    shown: row.shown,
    issuedOn: localDate(row.issued_on),
    endedOn: row.ended_on === null ? null : localDate(row.ended_on),
    demo: row.demo,
  };
}
