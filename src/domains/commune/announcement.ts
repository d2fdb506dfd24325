/** What the commune announces: news, planned downtime of the services, urgent warnings. */
import { dueAt, type Calendar } from '#kernel/office-time';

export const ANNOUNCEMENT_KINDS = ['news', 'downtime', 'urgent'] as const;
export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];

export type Announcement = {
  id: string;
  kind: AnnouncementKind;
  title: string;
  body: string;
  /** Null where there is no English yet: readers get the Vietnamese. */
  titleEn: string | null;
  bodyEn: string | null;
  publishedAt: Date;
  expiresAt: Date | null;
  downtimeFrom: Date | null;
  downtimeTo: Date | null;
};

/** Planned downtime is announced at least this many working days ahead (NĐ 224/2026/NĐ-CP art. 13). */
export const DOWNTIME_NOTICE_DAYS = 7;

/** The earliest start of downtime that is announced now: seven whole working days lie between. */
export function earliestDowntime(calendar: Calendar, announcedAt: Date): Date {
  return dueAt(calendar, announcedAt, { unit: 'working_days', amount: DOWNTIME_NOTICE_DAYS }).due;
}

/** Whether it is to be read at that time. */
export function isCurrent(announcement: Pick<Announcement, 'publishedAt' | 'expiresAt'>, now: Date): boolean {
  return announcement.publishedAt <= now && (announcement.expiresAt === null || now < announcement.expiresAt);
}

/** Title and text in the reader's language, and which language they really are in. */
export function inLanguage(announcement: Announcement, locale: 'vi' | 'en') {
  const { title, body, titleEn, bodyEn } = announcement;
  return locale === 'en' && titleEn && bodyEn
    ? { title: titleEn, body: bodyEn, lang: 'en' as const }
    : { title, body, lang: 'vi' as const };
}
