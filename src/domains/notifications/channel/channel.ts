/** What every channel is to the rest of the room: it carries one message and says how that went. */
import type { Locale } from '#kernel/context';
import type { NoticeEvent } from '../template.ts';
import type { ChannelName } from '../message.ts';

/** One message, filled and ready, for one address. */
export type Outgoing = {
  /** The delivery's id: the same at every attempt, so that a provider can drop repeats. */
  id: string;
  event: NoticeEvent;
  /** +84 form, or a mailbox. */
  to: string;
  locale: Locale;
  title: string;
  body: string;
  sms: string;
  /** The values by name, for channels whose words lie with the provider (Zalo). */
  values: Readonly<Record<string, string>>;
};

/**
 * How an attempt ended. `retry`: surely not sent, may work later. `final`: surely not sent, never will be.
 * `unknown`: it may have been sent (the connection broke after the request had gone).
 */
export type Outcome =
  | { kind: 'sent'; providerId: string | null }
  | { kind: 'retry' | 'final' | 'unknown'; code: string; text: string | null };

export type Channel = {
  name: ChannelName;
  /** The provider drops a second message with the same id: an attempt of unknown outcome may be repeated. */
  dropsRepeats: boolean;
  send: (message: Outgoing) => Promise<Outcome>;
};

/** A provider's words for the staff's log: one line, short, without telephone numbers or mailboxes. */
export function providerWords(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[^\s@<>]+@[^\s@<>]+/g, '…@…')
    .replace(/\+?\d{8,}/g, '…')
    .slice(0, 200)
    .trim();
}
