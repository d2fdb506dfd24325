/** The commune's quiet hours, and what the staff may know of its channels: whether they are there, never their secrets. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { checked } from '#kernel/input';
import { allow } from '#kernel/rights';
import { channelSettings } from './channel/settings.ts';
import type { ChannelName } from './message.ts';
import { readSurroundings } from './notify.queries.ts';
import type { QuietHours } from './quiet-hours.ts';

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'notifications.quiet.bad_time');
const Input = z.strictObject({ from: Time, to: Time });

export type ChannelStatus = {
  name: ChannelName;
  setUp: boolean;
  /** The provider's host; for Zalo also how many events have a registered template. */
  host: string | null;
  templates: number | null;
};
export type ChannelsView = {
  quiet: QuietHours;
  channels: ChannelStatus[];
  demoOutbox: boolean;
  failedLately: number;
};

const LATELY_MS = 7 * 86_400_000;

/** Quiet hours, channels, and how many deliveries failed in the last seven days. */
export async function readChannels(ctx: Ctx): Promise<ChannelsView> {
  allow(ctx, 'notifications.setting.read');
  const { quiet, onlyDemo } = await readSurroundings(ctx, [], []);
  const { zns, sms, email } = channelSettings(ctx.wiring.installation, ctx.commune);
  const status = (
    name: ChannelName,
    host: string | null,
    templates: number | null = null,
  ): ChannelStatus => ({
    name,
    setUp: host !== null,
    host,
    templates,
  });
  const { failed } = await ctx.db
    .selectFrom('notifications_delivery')
    .select((eb) => eb.fn.countAll().as('failed'))
    .where('commune_id', '=', ctx.commune.id)
    .where('state', '=', 'failed')
    .where('changed_at', '>', new Date(ctx.now.getTime() - LATELY_MS))
    .executeTakeFirstOrThrow();
  return {
    quiet,
    channels: [
      status('zns', zns ? new URL(zns.url).host : null, zns ? Object.keys(zns.templates).length : null),
      status('sms', sms ? new URL(sms.url).host : null),
      status('email', email?.host ?? null),
    ],
    demoOutbox: onlyDemo && ctx.commune.demo && !(zns && sms && email),
    failedLately: Number(failed),
  };
}

/** Sets the quiet hours; equal ends mean none. @throws AppError `input.invalid` (422) */
export async function saveQuietHours(ctx: Ctx, input: QuietHours): Promise<void> {
  allow(ctx, 'notifications.setting.change', { kind: 'quiet_hours' });
  const { from, to } = checked(Input, input);
  const row = { quiet_from: from, quiet_to: to, changed_at: ctx.now, changed_by: actorId(ctx.actor) };
  await ctx.db
    .insertInto('notifications_setting')
    .values({ commune_id: ctx.commune.id, ...row })
    .onConflict((conflict) => conflict.columns(['commune_id']).doUpdateSet(row))
    .execute();
}
