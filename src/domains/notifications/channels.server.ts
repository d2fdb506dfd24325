/** The channels of a commune, ready to send: its settings made into connections. */
import type { Errand } from '#kernel/manifest';
import type { Channel } from './channel/channel.ts';
import { emailChannel } from './channel/email.server.ts';
import { channelSettings } from './channel/settings.ts';
import { smsChannel } from './channel/sms.server.ts';
import { znsChannel } from './channel/zns.server.ts';
import type { ChannelName } from './message.ts';

/** The channel by that name, if it is set up for the errand's commune. */
export function channelFor({ installation, commune, run }: Errand, name: ChannelName): Channel | null {
  const settings = channelSettings(installation, commune);
  if (name === 'zns') return settings.zns ? znsChannel(settings.zns, run) : null;
  if (name === 'sms') return settings.sms ? smsChannel(settings.sms) : null;
  return settings.email ? emailChannel(settings.email) : null;
}
