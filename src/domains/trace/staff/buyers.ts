/** What buyers wrote and scanned, in words for the desk. Pure. */
import { m } from '#i18n/messages';
import { formatDateTime, formatNumber, type Locale } from '#kernel/format';
import type { FeedbackLine } from '../scan/feedback.actions.ts';
import type { ScannedPack } from '../scan/flags.queries.ts';

export function feedbackView(one: FeedbackLine, locale: Locale) {
  return {
    id: one.id,
    lotId: one.lotId,
    lot: one.lotCode,
    body: one.body,
    contact: one.contact,
    at: formatDateTime(one.sentAt, locale),
    answered:
      one.answeredAt === null
        ? null
        : m.trace_answered(
            {
              name: one.answeredName ?? '',
              at: formatDateTime(one.answeredAt, locale),
              answer: one.answer ?? '',
            },
            { locale },
          ),
  };
}

export function flagWords({ scans, places, unknown }: ScannedPack, locale: Locale): string {
  const seen = m.trace_flag_seen({ scans: formatNumber(scans, { locale }), places }, { locale });
  return unknown ? `${m.trace_flag_unknown({}, { locale })} ${seen}` : seen;
}

export function scansWords(scans: number, locale: Locale): string {
  return m.trace_scans({ scans: formatNumber(scans, { locale }) }, { locale });
}
