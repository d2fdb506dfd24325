import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import type { Point } from '#kernel/open-location-code';
import { allow } from '#kernel/rights';

/** The middle of what is known of the commune, near which short location codes are understood; null at the beginning. */
export async function centreOf(ctx: Ctx): Promise<Point | null> {
  allow(ctx, 'places.address.find');
  const found = await sql<{ lat: number | null; lng: number | null }>`
    select avg(lat) as lat, avg(lng) as lng from (
      (select lat, lng from places_work where commune_id = ${ctx.commune.id} and lat is not null limit 200)
      union all
      (select lat, lng from places_address where commune_id = ${ctx.commune.id} limit 200)) known`.execute(
    ctx.db,
  );
  const [row] = found.rows;
  return row && row.lat !== null && row.lng !== null ? { lat: row.lat, lng: row.lng } : null;
}
