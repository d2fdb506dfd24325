/** What the room's pages share: page numbers, refusals shown in place, words for ways, states and failures. */
import { errorWords } from '#app/words';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Locale } from '#kernel/context';
import { isAppError } from '#kernel/errors';
import { formatDateTime } from '#kernel/format';
import type { NavItem, Tone } from '#ui/types.ts';
import type { LoggedDelivery, Way } from './log.queries.ts';
import { canRepeat } from './repeat.actions.ts';
import { eventTemplate, type NoticeEvent } from './template.ts';

export type Refused = { message: string; fields: Readonly<Record<string, string | undefined>> };

/** Runs what a form asked for. @returns the expected refusal, worded; who may not, and faults of ours, go to the error page */
export async function tried(
  locale: Locale,
  work: () => Promise<void>,
): Promise<{ status: number; refused: Refused } | null> {
  try {
    await work();
    return null;
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.status === 401 || thrown.status === 403) throw thrown;
    const fields = Object.entries(thrown.fields).map(([field, code]) => [
      field,
      errorWords(code, {}, locale),
    ]);
    const message = errorWords(thrown.code, thrown.params, locale);
    return { status: thrown.status, refused: { message, fields: Object.fromEntries(fields) } };
  }
}

const VIEWS = [
  { href: '/notifications/staff', right: 'notifications.log.read', label: m.notifications_log_title },
  {
    href: '/notifications/staff/outbox',
    right: 'notifications.outbox.read',
    label: m.notifications_outbox_title,
  },
  {
    href: '/notifications/staff/templates',
    right: 'notifications.template.read',
    label: m.notifications_templates_title,
  },
  {
    href: '/notifications/staff/channels',
    right: 'notifications.setting.read',
    label: m.notifications_channels_title,
  },
] as const;

/**
 * The room's staff pages that the reader may open; the outbox only in a demo commune.
 * @param opens whether the reader has a right
 */
export function staffTabs(
  { commune, locale }: { commune: { demo: boolean }; locale: Locale },
  opens: (right: string) => boolean,
  current: (typeof VIEWS)[number]['href'],
): NavItem[] {
  return VIEWS.filter(({ href, right }) => opens(right) && (commune.demo || !href.endsWith('outbox'))).map(
    ({ href, label }) => ({
      href: localizeHref(href),
      label: label({}, { locale }),
      current: href === current,
    }),
  );
}

const WAY_WORDS = {
  inbox: m.notifications_way_inbox,
  zns: m.notifications_way_zns,
  sms: m.notifications_way_sms,
  email: m.notifications_way_email,
};
export function wayWords(way: Way, locale: Locale): string {
  return WAY_WORDS[way]({}, { locale });
}

export const STATE_WORDS = {
  queued: m.notifications_state_queued,
  held: m.notifications_state_held,
  sending: m.notifications_state_sending,
  sent: m.notifications_state_sent,
  failed: m.notifications_state_failed,
};
const TONES: Record<LoggedDelivery['state'], Tone> = {
  queued: 'info',
  held: 'info',
  sending: 'info',
  sent: 'ok',
  failed: 'bad',
};

/** One delivery as a line of the log. */
export function deliveryLine(delivery: LoggedDelivery, locale: Locale) {
  const { id, channel, state, demo, attempts, error, providerSaid, providerId, notBefore } = delivery;
  const waits = state === 'queued' || state === 'held';
  return {
    id,
    way: wayWords(channel, locale),
    tone: demo ? ('warn' as const) : TONES[state],
    state: (demo && state === 'sent' ? m.notifications_state_demo : STATE_WORDS[state])({}, { locale }),
    failure: error && state !== 'sent' ? failureWords(error, locale) : null,
    notBefore: waits
      ? m.notifications_log_not_before({ when: formatDateTime(notBefore, locale) }, { locale })
      : null,
    attempts: attempts > 1 ? m.notifications_log_attempts({ count: attempts }, { locale }) : null,
    said: providerSaid && m.notifications_log_provider({ words: providerSaid }, { locale }),
    number: providerId && m.notifications_log_provider_id({ id: providerId }, { locale }),
    repeat: canRepeat(delivery),
    uncertain: error === 'outcome_unknown',
  };
}

const FAILURES: Readonly<Record<string, (typeof m)['notifications_failed_busy']>> = {
  bad_phone: m.notifications_failed_bad_phone,
  bad_email: m.notifications_failed_bad_email,
  no_channel: m.notifications_failed_no_channel,
  expired: m.notifications_failed_expired,
  gave_up: m.notifications_failed_gave_up,
  outcome_unknown: m.notifications_failed_outcome_unknown,
  busy: m.notifications_failed_busy,
  token_busy: m.notifications_failed_busy,
  unreachable: m.notifications_failed_unreachable,
  refused_by_provider: m.notifications_failed_refused_by_provider,
  bad_credentials: m.notifications_failed_bad_credentials,
  bad_token: m.notifications_failed_token,
  token_lost: m.notifications_failed_token,
  no_template: m.notifications_failed_no_template,
};

function failureWords(code: string, locale: Locale): string {
  const known = Object.hasOwn(FAILURES, code) ? FAILURES[code] : undefined;
  if (known) return known({}, { locale });
  const zns = /^zns(-\d+)$/.exec(code)?.[1];
  return zns
    ? m.notifications_failed_zns({ code: zns }, { locale })
    : m.notifications_failed_other({ code }, { locale });
}

/** What a kind of notice is called: its title without what is filled in. */
export function eventWords(event: NoticeEvent, locale: Locale): string {
  const words = eventTemplate(event)
    [locale].title.replace(/\[\[.*?\]\]/gs, '')
    .replace(/\{\w+\}/g, '…');
  return words.trim() === '…' ? event : words.trim();
}
