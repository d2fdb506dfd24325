/** An announcement as pages show it, in the reader's language. */
import { formatDate, formatDateTime, formatIso, type Locale } from '#kernel/format';
import { inLanguage, isCurrent, type Announcement } from './announcement.ts';

export type AnnouncementView = ReturnType<typeof announcementView>;

export function announcementView(announcement: Announcement, now: Date, locale: Locale) {
  const { id, kind, publishedAt, expiresAt, downtimeFrom, downtimeTo } = announcement;
  const words = inLanguage(announcement, locale);
  return {
    id,
    kind,
    ...words,
    paragraphs: words.body.split(/\n{2,}/),
    published: { label: formatDate(publishedAt, locale), iso: formatIso(publishedAt) },
    expires: expiresAt && formatDateTime(expiresAt, locale),
    current: isCurrent(announcement, now),
    downtime:
      downtimeFrom && downtimeTo
        ? { from: formatDateTime(downtimeFrom, locale), to: formatDateTime(downtimeTo, locale) }
        : null,
  };
}
