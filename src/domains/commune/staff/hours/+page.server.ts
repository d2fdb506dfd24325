import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { makeCalendar, type Week } from '#kernel/office-time';
import type { Weekday } from '#kernel/time';
import { removeOfficeHours, setOfficeHours } from '../../office-hours.actions.ts';
import { listOfficeHours } from '../../office-calendar.ts';
import { hoursLines } from '../../office-words.ts';
import { dayLine, readWeek } from '../../week-text.ts';
import type { Actions, PageServerLoad } from './$types';

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const settings = await locals.run(listOfficeHours);
  const latest = settings.at(-1);
  return {
    settings: settings.toReversed().map((setting) => ({
      from: setting.from,
      begins: formatDate(setting.from, locale),
      lines: hoursLines(makeCalendar({ days: [], hours: [setting] }), setting.from, locale),
      source: setting.source,
      verified: setting.verified,
    })),
    work: WEEKDAYS.map((day) => dayLine(latest?.work[day])),
    desk: WEEKDAYS.map((day) => dayLine(latest?.desk?.[day])),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/commune/staff'), label: m.commune_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.commune_desk_hours({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  set: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'set', typed, async (ctx) => {
      const work = readWeek(typed, 'work');
      const desk = readWeek(typed, 'desk');
      await setOfficeHours(ctx, {
        from: typed.from ?? '',
        work: pairs(work),
        desk: Object.keys(desk).length > 0 ? pairs({ ...work, ...desk }) : null,
        source: typed.source ?? '',
        verified: typed.verified === 'yes',
      });
    });
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=set`);
  },

  remove: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'remove', typed, (ctx) => removeOfficeHours(ctx, typed.from ?? ''));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=removed`);
  },
};

function pairs(week: Week): Record<string, [string, string][]> {
  return Object.fromEntries(
    Object.entries(week).map(([day, list]) => [
      day,
      list.map(([open, close]): [string, string] => [open, close]),
    ]),
  );
}
