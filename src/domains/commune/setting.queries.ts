import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { NO_SETTINGS, Settings } from './setting.ts';
import { listUnits } from './unit.queries.ts';
import type { Unit } from './unit.ts';
import { keptCopy } from './version.ts';

/** The commune's settings; what was never set is null. */
export async function communeSettings(ctx: Ctx): Promise<Settings> {
  allow(ctx, 'commune.setting.see');
  return (await communeSite(ctx)).settings;
}

/** What every page shows of the commune: its settings and units, kept in memory until one changes. */
export async function communeSite(ctx: Ctx): Promise<{ settings: Settings; units: Unit[] }> {
  allow(ctx, 'commune.setting.see');
  return keptCopy(ctx, 'site', async () => ({
    settings: await readSettings(ctx),
    units: await listUnits(ctx),
  }));
}

async function readSettings(ctx: Ctx): Promise<Settings> {
  const rows = await ctx.db
    .selectFrom('commune_setting')
    .select(['key', 'value'])
    .where('commune_id', '=', ctx.commune.id)
    .execute();
  const known = Object.fromEntries(
    rows.filter(({ key }) => key in NO_SETTINGS).map((row) => [row.key, row.value]),
  );
  return { ...NO_SETTINGS, ...known };
}
