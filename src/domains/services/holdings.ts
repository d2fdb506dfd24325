/** What this room keeps for a commune, counted before communes are merged. */
import { m } from '#i18n/messages';
import type { Ctx, Holding } from '#kernel/context';
import { allow } from '#kernel/rights';

export const HOLDINGS: readonly Holding[] = [
  {
    name: 'services.dossiers',
    title: (locale) => m.services_holding_dossiers({}, { locale }),
    count: (ctx) => countDossiers(ctx, 'all'),
  },
  {
    name: 'services.dossiers_open',
    title: (locale) => m.services_holding_open({}, { locale }),
    count: (ctx) => countDossiers(ctx, 'open'),
    open: true,
  },
  {
    name: 'services.results_waiting',
    title: (locale) => m.services_holding_waiting({}, { locale }),
    count: (ctx) => countDossiers(ctx, 'waiting'),
    open: true,
  },
  {
    name: 'services.procedures',
    title: (locale) => m.services_holding_procedures({}, { locale }),
    count: countProcedures,
  },
];

/** `open`: not decided yet; `waiting`: the result is there and was not handed over. */
async function countDossiers(ctx: Ctx, which: 'all' | 'open' | 'waiting'): Promise<number> {
  allow(ctx, 'commune.merger.see');
  let query = ctx.db
    .selectFrom('services_dossier')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id);
  if (which === 'open') query = query.where('finished_at', 'is', null);
  if (which === 'waiting')
    query = query
      .where('finished_at', 'is not', null)
      .where('returned_at', 'is', null)
      .where('outcome', 'in', ['granted', 'refused']);
  return Number((await query.executeTakeFirstOrThrow()).count);
}

async function countProcedures(ctx: Ctx): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom('services_procedure_version')
    .select((select) => select.fn.count<bigint>('code').distinct().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}
