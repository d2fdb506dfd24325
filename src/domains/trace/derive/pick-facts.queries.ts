/** Picks of the diary that were sold, and those that the diary put right afterwards, as facts. For the job alone. */
import { sql } from 'kysely';
import { getPicks, listPlots, type Pick } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { formatIso } from '#kernel/format';
import { happeningLike, type Fact, type Found } from './derive.ts';

/** At most `limit` of each. */
export async function pickFacts(ctx: Ctx, limit: number): Promise<Found[]> {
  const ids = await newPicks(ctx, limit);
  const wrong = await newCorrections(ctx, limit);
  const all = new Set([...ids, ...wrong.flatMap((one) => [one.pickId, ...(one.voids ? [] : [one.entryId])])]);
  if (all.size === 0) return [];
  const picks = new Map((await getPicks(ctx, [...all])).map((pick) => [pick.id, pick]));
  const plotIds = [...new Set([...picks.values()].flatMap((pick) => pick.plotIds))];
  const { items } = await listPlots(ctx, { ids: plotIds, ended: true, limit: plotIds.length });
  const hamlets = new Map(items.map(({ id, hamletId }) => [id, hamletId]));
  const factOf = (id: string) => pickFact(ctx, picks.get(id)!, hamlets);
  return [
    ...ids.map((id) => ({
      about: `pick:${id}`,
      producerId: picks.get(id)!.producerId,
      fact: factOf(id),
    })),
    ...wrong.map(({ pickId, entryId, voids, at }): Found => {
      const of = factOf(pickId);
      const instead = voids ? null : factOf(entryId);
      const fact: Fact = { what: 'wrong', of, instead, ...happeningLike(of, at) };
      return { about: `unpick:${pickId}`, producerId: picks.get(pickId)!.producerId, fact };
    }),
  ];
}

/** Those that stand on a ticket, and those that stand in the place of one. */
async function newPicks(ctx: Ctx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from (
      select pick_id as id from trace_source where commune_id = ${ctx.commune.id} and pick_id is not null
      union all
      select entry_id from trace_pick_undo where commune_id = ${ctx.commune.id} and not voids) p
    where not exists (select from trace_derived d where d.commune_id = ${ctx.commune.id}
      and d.about = 'pick:' || p.id) limit ${limit}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

type Correction = { pickId: string; entryId: string; voids: boolean; at: Date };

async function newCorrections(ctx: Ctx, limit: number): Promise<Correction[]> {
  const { rows } = await sql<Correction>`
    select pick_id as "pickId", entry_id as "entryId", voids, at from trace_pick_undo u
    where commune_id = ${ctx.commune.id} and not exists (select from trace_derived d
      where d.commune_id = u.commune_id and d.about = 'unpick:' || u.pick_id)
    order by at, pick_id limit ${limit}`.execute(ctx.db);
  return rows;
}

function pickFact(ctx: Ctx, pick: Pick, hamlets: ReadonlyMap<string, string>): Fact {
  const hamletId = pick.plotIds.flatMap((id) => hamlets.get(id) ?? [])[0];
  return {
    what: 'picked',
    pick: { id: pick.id, g: pick.leafG },
    day: pick.pickedOn,
    plots: pick.plotIds.toSorted(),
    at: formatIso(pick.pickedAt),
    origin: ctx.wiring.installation.origin,
    place: hamletId === undefined ? null : `urn:uuid:${hamletId}`,
  };
}
