import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { localDate, localDateOf } from '#kernel/time';
import { findThing } from '../plot/lines.queries.ts';
import type { LabTest, TestKind, TestValue } from './test.ts';

/**
 * The tests of a plot, and of the growing area that it belongs to today, newest first; replaced ones are left out.
 * @throws AppError `farming.plot.not_found`
 */
export async function testsOfPlot(ctx: Ctx, plotId: string): Promise<LabTest[]> {
  const { plot, thing } = await findThing(ctx, plotId);
  allow(ctx, 'farming.plot.see', thing);
  mustExist(plot, 'farming.plot');
  const today = localDateOf(ctx.now);
  const rows = await ctx.db
    .selectFrom('farming_test as t')
    .selectAll()
    .where('t.commune_id', '=', ctx.commune.id)
    .where(
      sql<boolean>`(t.plot_id = ${plotId} or t.area_id in (select area_id from farming_plot_area
        where commune_id = ${ctx.commune.id} and plot_id = ${plotId} and from_day <= ${today}
          and (last_day is null or last_day >= ${today})))`,
    )
    .where(
      sql<boolean>`not exists (select from farming_test r where r.commune_id = t.commune_id and r.replaces_id = t.id)`,
    )
    .orderBy('t.sampled_on', 'desc')
    .orderBy('t.id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    plotId: row.plot_id,
    areaId: row.area_id,
    kind: row.kind as TestKind,
    sampledOn: localDate(row.sampled_on),
    laboratory: row.laboratory,
    number: row.number,
    values: row.values as TestValue[],
    passed: row.passed,
    validTo: row.valid_to === null ? null : localDate(row.valid_to),
    file:
      row.file_hash === null
        ? null
        : {
            hash: row.file_hash,
            size: row.file_size ?? 0,
            type: row.file_type ?? '',
            name: row.file_name ?? '',
          },
    demo: row.demo,
  }));
}
