/** Which channels a person wants, and in which language. The inbox is always written. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { checked } from '#kernel/input';
import { allow } from '#kernel/rights';
import { ALL_CHANNELS, type Preference } from './message.ts';

const Input = z.strictObject({
  zns: z.boolean(),
  sms: z.boolean(),
  email: z.boolean(),
  locale: z.enum(['vi', 'en']).nullable(),
});

/** The own choice; everything on for who has chosen nothing. */
export async function readPreference(ctx: Ctx): Promise<Preference> {
  allow(ctx, 'notifications.preference.read');
  const row = await ctx.db
    .selectFrom('notifications_preference')
    .select(['zns', 'sms', 'email', 'locale'])
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', actorId(ctx.actor))
    .executeTakeFirst();
  return row ? checked(Input, row) : ALL_CHANNELS;
}

/** Saves the own choice. One-time codes do not ask for it. @throws AppError `input.invalid` (422) */
export async function savePreference(ctx: Ctx, input: Preference): Promise<void> {
  allow(ctx, 'notifications.preference.change');
  const wanted = { ...checked(Input, input), changed_at: ctx.now };
  await ctx.db
    .insertInto('notifications_preference')
    .values({ commune_id: ctx.commune.id, user_id: actorId(ctx.actor), ...wanted })
    .onConflict((conflict) => conflict.columns(['commune_id', 'user_id']).doUpdateSet(wanted))
    .execute();
}
