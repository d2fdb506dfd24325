/** A message and its ways to a person: which channels, in which state, and how a delivery may move on. Pure. */
import type { Locale } from '#kernel/context';
import { isMailbox, isMobile } from './contact.ts';
import { nextLoudInstant, type QuietHours } from './quiet-hours.ts';
import type { EventTemplate } from './template.ts';

/** Beside the inbox. Phones get Zalo where possible, else SMS. */
export type ChannelName = 'zns' | 'sms' | 'email';
export type DeliveryState = 'queued' | 'held' | 'sending' | 'sent' | 'failed';

/** How a delivery may move; nothing leaves `sent`, and `failed` only when the staff send it again. */
const MOVES: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  queued: ['sending', 'held', 'failed'],
  held: ['sending', 'queued', 'failed'],
  sending: ['sent', 'queued', 'held', 'failed'],
  sent: [],
  failed: ['queued'],
};

/** Holds a change of state to the table. @throws Error for one that is not in it: a fault of the program */
export function assertMove(from: string, to: DeliveryState): void {
  if (from !== to && !MOVES[from as DeliveryState].includes(to))
    throw new Error(`No delivery goes from ${from} to ${to}`);
}

/**
 * Whom a message is for. With a `userId` it stands in that person's inbox; `phone` (+84 form) and `email`
 * are where it is sent. At least one of the three.
 */
export type Recipient = {
  userId?: string | null;
  residentId?: string | null;
  phone?: string | null;
  email?: string | null;
  /** The person's language; else what they chose, else Vietnamese. */
  locale?: Locale | null;
};

export type Preference = { zns: boolean; sms: boolean; email: boolean; locale: Locale | null };

/** Everybody who has chosen nothing. */
export const ALL_CHANNELS: Preference = { zns: true, sms: true, email: true, locale: null };

export type PlannedDelivery = {
  channel: ChannelName;
  demo: boolean;
  state: DeliveryState;
  notBefore: Date;
  errorCode: string | null;
};

/** What is known when a message is made: what is set up, what the person wants, what the hour is. */
export type Circumstances = {
  now: Date;
  quiet: QuietHours;
  preference: Preference;
  /** Channels that can carry this event at an instant. */
  available: (at: Date) => ReadonlySet<ChannelName>;
  /** Only demo communes here: what no channel carries is shown in the demo outbox instead. */
  demo: boolean;
};

/**
 * The ways a new message takes: for a phone one (Zalo before SMS), for a mailbox one. What cannot go is
 * planned as failed, so that the staff see it; what the person does not want is not planned.
 */
export function planDeliveries(
  template: EventTemplate,
  to: Recipient,
  about: Circumstances,
): PlannedDelivery[] {
  const planned: PlannedDelivery[] = [];
  const phoneWanted = wanted(['zns', 'sms'], template, about);
  if (template.channels.includes('phone') && to.phone && phoneWanted.length > 0) {
    planned.push(plan(phoneWanted, isMobile(to.phone) ? null : 'bad_phone', template, about));
  }
  const emailWanted = wanted(['email'], template, about);
  if (template.channels.includes('email') && to.email && emailWanted.length > 0) {
    planned.push(plan(emailWanted, isMailbox(to.email) ? null : 'bad_email', template, about));
  }
  return planned;
}

function wanted(
  channels: readonly ChannelName[],
  template: EventTemplate,
  { preference }: Circumstances,
): ChannelName[] {
  return channels.filter((channel) => template.urgent === true || preference[channel]);
}

function plan(
  channels: readonly ChannelName[],
  fault: string | null,
  template: EventTemplate,
  { available, demo, now, quiet }: Circumstances,
): PlannedDelivery {
  const notBefore = template.urgent === true ? now : nextLoudInstant(now, quiet);
  const carriers = available(notBefore);
  const carried = channels.find((channel) => carriers.has(channel));
  const channel = carried ?? channels.at(-1)!;
  const failed = (errorCode: string): PlannedDelivery => ({
    channel,
    demo: false,
    state: 'failed',
    notBefore: now,
    errorCode,
  });
  if (fault) return failed(fault);
  if (!carried && !demo) return failed('no_channel');
  const held = notBefore.getTime() > now.getTime();
  const shownAtOnce = !carried && !held;
  return {
    channel,
    demo: !carried,
    state: held ? 'held' : shownAtOnce ? 'sent' : 'queued',
    notBefore,
    errorCode: null,
  };
}
