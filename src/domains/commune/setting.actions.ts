import type { Ctx } from '#kernel/context';
import { checked } from '#kernel/input';
import { allow } from '#kernel/rights';
import { Settings, type SettingsInput } from './setting.ts';
import { bumpVersion } from './version.ts';

/** Changes the settings that are given; an empty one is taken away. @throws AppError `input.invalid` */
export async function changeSettings(ctx: Ctx, input: SettingsInput): Promise<void> {
  allow(ctx, 'commune.setting.edit', { kind: 'setting' }, { keys: Object.keys(input) });
  const given = checked(Settings.partial(), input);
  for (const [key, value] of Object.entries(given)) {
    await (value === null || value === undefined ? drop(ctx, key) : put(ctx, key, value));
  }
  await bumpVersion(ctx, 'site');
}

async function put(ctx: Ctx, key: string, value: string): Promise<void> {
  const row = { value: JSON.stringify(value), changed_at: ctx.now };
  await ctx.db
    .insertInto('commune_setting')
    .values({ commune_id: ctx.commune.id, key, ...row })
    .onConflict((conflict) => conflict.columns(['commune_id', 'key']).doUpdateSet(row))
    .execute();
}

async function drop(ctx: Ctx, key: string): Promise<void> {
  await ctx.db
    .deleteFrom('commune_setting')
    .where('commune_id', '=', ctx.commune.id)
    .where('key', '=', key)
    .execute();
}
