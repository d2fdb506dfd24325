/** Phones on which diaries are kept, for whoever may shut one out. */
import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { allow, hamletsWhere } from '#kernel/rights';
import { diariesOf } from './bundle.queries.ts';

export type Device = {
  id: string;
  /** As its owner calls it. */
  name: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Set as soon as it is shut out for anybody. */
  shutOutAt: Date | null;
  /** The asker keeps a diary on it. */
  own: boolean;
  /** Households and producers whose entries it sent, as far as the asker looks after them. */
  holders: readonly string[];
};

type Row = {
  id: string;
  name: string;
  first_seen_at: Date;
  last_seen_at: Date;
  shut_out_at: Date | null;
  own: boolean;
  holders: string[];
};

/** The last seen first, at most 200: the own ones, and those that wrote for households that the asker looks after. */
export async function listDevices(ctx: Ctx): Promise<Device[]> {
  allow(ctx, 'farming.device.use');
  const { holders } = await diariesOf(ctx);
  return readDevices(ctx, sql`any(${holders.map(({ id }) => id)}::uuid[])`);
}

/** All phones of the commune, for officials who shut one out when it was lost. */
export async function listAllDevices(ctx: Ctx): Promise<Device[]> {
  allow(ctx, 'farming.device.shut_out', { kind: 'device' });
  if (hamletsWhere(ctx, 'farming.device.shut_out') !== 'all') return [];
  return readDevices(ctx, null);
}

async function readDevices(ctx: Ctx, among: ReturnType<typeof sql> | null): Promise<Device[]> {
  const me = actorId(ctx.actor);
  const of = among === null ? sql`true` : sql`coalesce(e.household_id, e.producer_id) = ${among}`;
  const shown = among === null ? sql`true` : sql`(d.user_id = ${me} or s.holders is not null)`;
  const { rows } = await sql<Row>`
    with sent as (select e.device_id, array_agg(distinct coalesce(e.household_id, e.producer_id)::text) as holders
      from farming_entry e
      where e.commune_id = ${ctx.commune.id} and e.device_id is not null and ${of} group by e.device_id)
    select d.id, max(d.name) as name, min(d.first_seen_at) as first_seen_at, max(d.last_seen_at) as last_seen_at,
      max(d.shut_out_at) as shut_out_at, bool_or(d.user_id = ${me}) as own,
      coalesce((array_agg(s.holders) filter (where s.holders is not null))[1:1], '{}') as holders
    from farming_device d left join sent s on s.device_id = d.id
    where d.commune_id = ${ctx.commune.id} and ${shown}
    group by d.id order by max(d.last_seen_at) desc limit 200`.execute(ctx.db);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    shutOutAt: row.shut_out_at,
    own: row.own,
    holders: row.holders.flat(),
  }));
}
