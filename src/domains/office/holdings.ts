/** What this room keeps for a commune, counted before communes are merged. */
import { m } from '#i18n/messages';
import type { Ctx, Holding } from '#kernel/context';
import { allow } from '#kernel/rights';

export const HOLDINGS: readonly Holding[] = [
  {
    name: 'office.documents',
    title: (locale) => m.office_holding_documents({}, { locale }),
    count: countDocuments,
  },
  {
    name: 'office.tasks_open',
    title: (locale) => m.office_holding_tasks({}, { locale }),
    count: countOpenTasks,
    open: true,
  },
];

async function countDocuments(ctx: Ctx): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom('office_document')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Tasks that nobody has reported done or closed. */
async function countOpenTasks(ctx: Ctx): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom('office_task')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .where('finished_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
