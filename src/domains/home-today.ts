/** The living part of the home page: the desk now, who is on duty, what is announced. */
import { localizeHref } from '#i18n/runtime';
import { inLanguage, listAnnouncements, officeCalendar, officeLine, officeNow } from '#domain/commune';
import { onDuty, zaloLink } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { formatDate, formatIso } from '#kernel/format';
import type { Home } from './home.ts';

const NEWS = 5;

/** Worded for the reader; `line` says until when the desk is open, or when it opens again and why it is closed. */
export async function homeToday(ctx: Ctx): Promise<Pick<Home, 'today' | 'news'>> {
  const { locale } = ctx;
  const office = officeNow(await officeCalendar(ctx), ctx.now);
  const { items } = await listAnnouncements(ctx, { limit: NEWS });
  return {
    today: {
      open: office.open,
      line: officeLine(office, locale),
      onDuty: (await onDuty(ctx)).map((one) => ({
        name: one.fullName,
        role: (locale === 'en' && one.postEn) || one.post,
        ...(one.phone && { phone: one.phone }),
        ...(one.zalo && { zalo: zaloLink(one.zalo) }),
      })),
    },
    news: items.map((one) => ({
      href: localizeHref(`/commune/announcements/${one.id}`, { locale }),
      title: inLanguage(one, locale).title,
      date: { label: formatDate(one.publishedAt, locale), iso: formatIso(one.publishedAt) },
    })),
  };
}
