/** Finding a house: what everybody may know of an address. Names of people stand nowhere in this room. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { directionTo, distanceBetween } from '#kernel/geo';
import { normalizeCode } from '#kernel/ids';
import { readCode, recoverCode, shortenCode, type Point } from '#kernel/open-location-code';
import { allow } from '#kernel/rights';
import type { LocalDate } from '#kernel/time';
import { numberKey, type Address } from './address.ts';
import { addressOf } from './address.queries.ts';
import { centreOf } from './centre.queries.ts';

/** What stands on the plate, and whether it still holds. */
export type Found = {
  code: string;
  hamletId: string;
  number: string;
  endedOn: LocalDate | null;
  demo: boolean;
};

/** From a place that everybody knows to the house: metres as the crow flies, to the nearest ten. */
export type Way = { from: string; metres: number; direction: ReturnType<typeof directionTo> };

export type Neighbour = { number: string } & Point;
export type Landmark = { name: string } & Point;

export type FoundAddress = Found & {
  /** Where it is; null unless the household agreed to be shown, and after its end. */
  place: (Point & { locationCode: string; shortCode: string }) | null;
  way: Way | null;
  neighbours: Neighbour[];
  landmarks: Landmark[];
};

/** At most so many are listed: whoever wants the whole hamlet is no visitor. */
const MOST_FOUND = 30;
const MOST_NEIGHBOURS = 24;
const NEIGHBOURHOOD_M = 500;
/** Degrees that surely hold the neighbourhood at the latitudes of Viet Nam. */
const AROUND = 0.006;

/** Addresses in force that somebody means by a plate's code, a location code, or hamlet and number. */
export async function findAddresses(
  ctx: Ctx,
  asked: { q?: string; hamletId?: string; number?: string },
): Promise<Found[]> {
  allow(ctx, 'places.address.find');
  let query = ctx.db.selectFrom('places_address').selectAll().where('commune_id', '=', ctx.commune.id);
  const code = normalizeCode(asked.q ?? '', 8);
  const whole = code ? undefined : await wholeCode(ctx, asked.q ?? '');
  if (code) query = query.where('code', '=', code);
  else if (whole) query = query.where('location_code', '=', whole).where('shown', '=', true);
  else if (!asked.number || asked.number.length > 40) return [];
  else query = query.where('number_key', '=', numberKey(asked.number));
  if (asked.hamletId) query = query.where(sql<string>`hamlet_id::text`, '=', asked.hamletId);
  if (!code) query = query.where('ended_on', 'is', null);
  const rows = await query.orderBy('hamlet_id').orderBy('number_key').limit(MOST_FOUND).execute();
  return rows.map((row) => foundOf(addressOf(row)));
}

async function wholeCode(ctx: Ctx, typed: string): Promise<string | undefined> {
  if (readCode(typed) === undefined) return undefined;
  return recoverCode(typed, (await centreOf(ctx)) ?? { lat: 0, lng: 0 })?.slice(0, 11);
}

function foundOf({ code, hamletId, number, endedOn, demo }: Address): Found {
  return { code, hamletId, number, endedOn, demo };
}

/**
 * The address on a plate, with its surroundings. @param code as printed or typed
 * @throws AppError `places.address.not_found` (404)
 */
export async function getFoundAddress(ctx: Ctx, code: string): Promise<FoundAddress> {
  allow(ctx, 'places.address.find');
  const read = normalizeCode(code, 8);
  const row = read
    ? await ctx.db
        .selectFrom('places_address')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('code', '=', read)
        .executeTakeFirst()
    : undefined;
  const address = addressOf(mustExist(row, 'places.address'));
  const found = foundOf(address);
  if (!address.shown || address.endedOn !== null)
    return { ...found, place: null, way: null, neighbours: [], landmarks: [] };
  const { lat, lng, locationCode } = address;
  const shortCode = shortenCode(locationCode, (await centreOf(ctx)) ?? address);
  const landmarks = await landmarksNear(ctx, address);
  return {
    ...found,
    place: { lat, lng, locationCode, shortCode: shortCode.length < 7 ? locationCode.slice(4) : shortCode },
    way: wayFrom(landmarks[0], address),
    neighbours: await neighboursOf(ctx, address),
    landmarks,
  };
}

function wayFrom(landmark: Landmark | undefined, to: Point): Way | null {
  if (!landmark) return null;
  const metres = Math.round(distanceBetween(landmark, to) / 10) * 10;
  return { from: landmark.name, metres, direction: directionTo(landmark, to) };
}

/** Halls and schools to start from: the hall of the house's own hamlet first, then by distance. */
async function landmarksNear(ctx: Ctx, address: Address): Promise<Landmark[]> {
  const rows = await ctx.db
    .selectFrom('places_work')
    .select(['name', 'kind', 'hamlet_id', 'lat', 'lng'])
    .where('commune_id', '=', ctx.commune.id)
    .where('kind', 'in', ['hall', 'school'])
    .where('ended_on', 'is', null)
    .where('lat', 'is not', null)
    .execute();
  const far = (one: Point) => distanceBetween(one, address);
  const rank = (row: (typeof rows)[number]) =>
    row.kind === 'hall' && row.hamlet_id === address.hamletId ? 0 : 1;
  return rows
    .map((row) => ({ name: row.name, lat: row.lat!, lng: row.lng!, rank: rank(row) }))
    .toSorted((a, b) => a.rank - b.rank || far(a) - far(b))
    .filter((one, at) => at === 0 || far(one) < NEIGHBOURHOOD_M)
    .slice(0, 3)
    .map(({ name, lat, lng }) => ({ name, lat, lng }));
}

/** Neighbours whose households agreed to be shown: numbers only. */
async function neighboursOf(ctx: Ctx, address: Address): Promise<Neighbour[]> {
  const rows = await ctx.db
    .selectFrom('places_address')
    .select(['number', 'lat', 'lng'])
    .where('commune_id', '=', ctx.commune.id)
    .where('hamlet_id', '=', address.hamletId)
    .where('shown', '=', true)
    .where('ended_on', 'is', null)
    .where('id', '!=', address.id)
    .where((e) => e.between('lat', address.lat - AROUND, address.lat + AROUND))
    .where((e) => e.between('lng', address.lng - AROUND, address.lng + AROUND))
    .execute();
  const far = (one: Point) => distanceBetween(one, address);
  return rows
    .filter((one) => far(one) < NEIGHBOURHOOD_M)
    .toSorted((a, b) => far(a) - far(b))
    .slice(0, MOST_NEIGHBOURS);
}
