import { sql, type Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import type { FarmingArea } from '#kernel/schema';
import { spanOf } from '#kernel/span';
import { localDateOf, type LocalDate } from '#kernel/time';
import type { Area } from './area.ts';

export type AreaLine = Area & {
  /** Plots in it on the day, and their square metres. */
  plots: number;
  areaM2: number;
};

/** Growing areas that exist on a day (today unless told), with their size; no plot and no person is named. */
export async function listAreas(ctx: Ctx, day?: LocalDate): Promise<AreaLine[]> {
  allow(ctx, 'farming.area.see');
  const on = day ?? localDateOf(ctx.now);
  const rows = await ctx.db
    .selectFrom('farming_area')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('from_day', '<=', on)
    .where((eb) => eb.or([eb('last_day', 'is', null), eb('last_day', '>=', on)]))
    .orderBy('name')
    .orderBy('id')
    .execute();
  const sizes = await sizesOn(ctx, on);
  return rows.map((row) => ({ ...areaOfRow(row), ...(sizes.get(row.id) ?? { plots: 0, areaM2: 0 }) }));
}

/** @throws AppError `farming.area.not_found` (404) */
export async function getArea(ctx: Ctx, id: string): Promise<Area> {
  allow(ctx, 'farming.area.see');
  return mustExist(await findArea(ctx, id), 'farming.area');
}

/** Without a right of its own. */
export async function findArea(ctx: Ctx, id: string): Promise<Area | undefined> {
  if (!isId(id)) return undefined;
  const row = await ctx.db
    .selectFrom('farming_area')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && areaOfRow(row);
}

async function sizesOn(ctx: Ctx, day: LocalDate): Promise<Map<string, { plots: number; areaM2: number }>> {
  const { rows } = await sql<{ area_id: string; plots: number; area: number }>`
    select a.area_id, count(*)::int as plots, coalesce(sum(s.area_m2), 0)::float8 as area
    from farming_plot_area a
    join lateral (select area_m2 from farming_plot_shape where commune_id = a.commune_id and plot_id = a.plot_id
      and valid_from <= ${day} order by version desc limit 1) s on true
    where a.commune_id = ${ctx.commune.id} and a.from_day <= ${day} and (a.last_day is null or a.last_day >= ${day})
    group by a.area_id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.area_id, { plots: row.plots, areaM2: row.area }]));
}

function areaOfRow(row: Selectable<FarmingArea>): Area {
  return {
    id: row.id,
    code: row.code,
    codeFormat: row.code_format,
    name: row.name,
    crop: row.crop,
    producerId: row.producer_id,
    source: row.source,
    verified: row.verified,
    version: row.version,
    demo: row.demo,
    ...spanOf(row.from_day, row.last_day),
  };
}
