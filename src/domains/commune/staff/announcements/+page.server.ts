import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { AppError } from '#kernel/errors';
import { formatDateTime } from '#kernel/format';
import { parseTimeOfDay } from '#kernel/office-time';
import { instantAt, parseLocalDate } from '#kernel/time';
import type { AnnouncementKind } from '../../announcement.ts';
import { earliestDowntime } from '../../announcement.ts';
import { expireAnnouncement, publishAnnouncement } from '../../announcement.actions.ts';
import { listAnnouncements } from '../../announcement.queries.ts';
import { announcementView } from '../../announcement-view.ts';
import { officeCalendar } from '../../office-calendar.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 20;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), 1000);
  return locals.run(async (ctx) => {
    const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
    const { items, total } = await listAnnouncements(ctx, { all: true, ...range });
    const earliest = earliestDowntime(await officeCalendar(ctx), ctx.now);
    return {
      items: items.map((one) => announcementView(one, ctx.now, locale)),
      total,
      page,
      pages: Math.max(1, Math.ceil(total / PER_PAGE)),
      first: range.offset + 1,
      earliest: formatDateTime(earliest, locale),
      done: url.searchParams.get('done'),
      crumbs: [
        { href: localizeHref('/commune/staff'), label: m.commune_nav_staff({}, { locale }) },
        { href: url.pathname, label: m.commune_desk_announcements({}, { locale }) },
      ],
    };
  });
};

export const actions: Actions = {
  publish: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'publish', typed, (ctx) =>
      publishAnnouncement(ctx, {
        kind: typed.kind as AnnouncementKind,
        title: typed.title ?? '',
        body: typed.body ?? '',
        titleEn: typed.titleEn,
        bodyEn: typed.bodyEn,
        expiresAt: momentOf(typed, 'expiresAt', '24:00'),
        downtimeFrom: momentOf(typed, 'downtimeFrom'),
        downtimeTo: momentOf(typed, 'downtimeTo'),
      }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=published`);
  },

  expire: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'expire', typed, (ctx) => expireAnnouncement(ctx, typed.id ?? ''));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=expired`);
  },
};

/** The day `<name>` with the time `<name>Time`; nothing when no day is given. */
function momentOf(
  typed: Record<string, string>,
  name: string,
  time = typed[`${name}Time`] ?? '',
): Date | null {
  const text = (typed[name] ?? '').trim();
  if (text === '') return null;
  const day = parseLocalDate(text);
  const minutes = parseTimeOfDay(time.trim());
  if (day === undefined) throw new AppError('input.invalid', 422, {}, { [name]: 'input.bad_date' });
  if (minutes === undefined)
    throw new AppError('input.invalid', 422, {}, { [`${name}Time`]: 'commune.hours.bad_time' });
  return instantAt(day, minutes);
}
