/**
 * The room's errands: they speak with the outside world, so no transaction is open while they wait. And what it hears
 * from rooms that it stands on and that cannot call it themselves.
 */
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import type { Errand } from '#kernel/manifest';
import { providerWords, type Outcome } from './channel/channel.ts';
import { channelSettings } from './channel/settings.ts';
import { exchange } from './channel/zns.server.ts';
import { channelFor } from './channels.server.ts';
import { claimDelivery, recordOutcome, sweep, type Claimed } from './deliver.actions.ts';
import type { ChannelName } from './message.ts';
import { notify } from './notify.actions.ts';

/** Claim, send, record. A second job for the same delivery finds it claimed and does nothing. */
export async function deliver(errand: Errand, data: Record<string, unknown>): Promise<void> {
  const claimed = await errand.run((ctx) => claimDelivery(ctx, String(data.delivery)));
  if (!claimed) return;
  const channel = channelFor(errand, claimed.delivery.channel as ChannelName);
  const outcome = claimed.delivery.demo ? SHOWN : channel ? await attempt(channel.send, claimed) : NOT_SET_UP;
  await errand.run((ctx) => recordOutcome(ctx, claimed, outcome, channel?.dropsRepeats ?? true));
}

/** In the demo outbox, which is a page. */
const SHOWN: Outcome = { kind: 'sent', providerId: null };
const NOT_SET_UP: Outcome = { kind: 'final', code: 'no_channel', text: null };

/** A channel that throws has a fault of ours, perhaps after the message had gone. */
async function attempt(
  send: (message: Claimed['outgoing']) => Promise<Outcome>,
  { outgoing }: Claimed,
): Promise<Outcome> {
  try {
    return await send(outgoing);
  } catch (thrown) {
    return { kind: 'unknown', code: 'outcome_unknown', text: providerWords(String(thrown)) };
  }
}

export async function sweepDeliveries(errand: Errand): Promise<void> {
  await errand.run((ctx) => sweep(ctx, (name) => channelFor(errand, name)?.dropsRepeats ?? true));
}

/** A Zalo refresh token dies after three months without use: a quiet commune exchanges it every week. */
export async function keepZaloToken({ run, commune, installation }: Errand): Promise<void> {
  const { zns } = channelSettings(installation, commune);
  if (zns) await exchange(zns, run, null);
}

/** The register has decided on what somebody asked to have corrected. */
export async function hearCorrection(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  await notify(ctx, {
    event: data.approved === true ? 'registry.correction.approved' : 'registry.correction.refused',
    to: { userId: String(data.user_id), phone: typeof data.phone === 'string' ? data.phone : null },
    params: {
      reason: typeof data.reason === 'string' ? data.reason : null,
      link: localizeHref('/registry/own/corrections', { locale: 'vi' }),
    },
    key: String(data.correction_id),
  });
}
