import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { officeCalendar } from '#domain/commune';
import { formatDate, formatWeekday } from '#kernel/format';
import { isWorkingDay } from '#kernel/office-time';
import { addDays, localDateOf, parseLocalDate } from '#kernel/time';
import { planDuty, removeDuty, repeatDutyWeek } from '../../duty.actions.ts';
import { dutyWeek } from '../../duty.queries.ts';
import { listOfficials } from '../../official.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const asked = parseLocalDate(url.searchParams.get('week') ?? '');
  const { week, officials, calendar, today } = await locals.run(async (ctx) => {
    const day = localDateOf(ctx.now);
    const days = await dutyWeek(ctx, asked ?? day);
    return {
      week: days,
      officials: await listOfficials(ctx, 'ever'),
      calendar: await officeCalendar(ctx),
      today: day,
    };
  });
  const monday = week[0]!.day;
  return {
    monday,
    title: `${formatDate(monday, locale)} – ${formatDate(week[6]!.day, locale)}`,
    before: addDays(monday, -7),
    after: addDays(monday, 7),
    days: week.map(({ day, duties }) => ({
      iso: day,
      today: day === today,
      working: isWorkingDay(calendar, day),
      label: `${formatWeekday(day, locale)}, ${formatDate(day, locale)}`,
      duties: duties.map(({ id, official, note }) => ({
        id,
        name: official.fullName,
        post: official.post,
        note,
      })),
    })),
    officials: officials
      .filter((one) => one.termFrom <= week[6]!.day && (one.termTo ?? monday) >= monday)
      .map((one) => ({ value: one.id, label: `${one.fullName}, ${one.post}` })),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/registry/staff'), label: m.registry_desk({}, { locale }) },
      { href: url.pathname, label: m.registry_desk_duty({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  plan: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'plan', typed, (ctx) =>
      planDuty(ctx, { officialId: typed.officialId ?? '', day: typed.day ?? '', note: typed.note }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?week=${typed.day}&done=planned`);
  },

  remove: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'remove', typed, (ctx) => removeDuty(ctx, typed.id ?? ''));
    if (refused) return refused;
    redirect(303, `${url.pathname}?week=${encodeURIComponent(typed.week ?? '')}&done=removed`);
  },

  repeat: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'repeat', typed, (ctx) => repeatDutyWeek(ctx, typed.week ?? ''));
    if (refused) return refused;
    redirect(303, `${url.pathname}?week=${encodeURIComponent(typed.week ?? '')}&done=repeated`);
  },
};
