import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { attempt, typedOf } from '#app/attempt';
import { formatDate, formatWeekday, type Locale } from '#kernel/format';
import type { CalendarDay } from '#kernel/office-time';
import { localDateOf, yearOf } from '#kernel/time';
import { missingHolidays } from '../calendar.ts';
import { listSpecialDays } from '../office-calendar.ts';
import { adoptNationalDays, recordSpecialDay, removeSpecialDay } from '../special-day.actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  return locals.run(async (ctx) => {
    const thisYear = yearOf(localDateOf(ctx.now));
    const asked = Math.trunc(Number(url.searchParams.get('year')));
    const year = asked >= 2000 && asked <= 2100 ? asked : thisYear;
    const days = await listSpecialDays(ctx, year);
    return {
      year,
      years: Array.from({ length: 5 }, (_, at) => thisYear - 2 + at),
      days: days.map((day) => dayView(day, locale)),
      missing: missingHolidays(days, year).map(
        ({ name, dayOff, source }) => `${name[locale]}: ${formatDate(dayOff, locale)} (${source})`,
      ),
      done: url.searchParams.get('done'),
      crumbs: [{ href: url.pathname, label: m.commune_nav_staff({}, { locale }) }],
    };
  });
};

export const actions: Actions = {
  record: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const verified = typed.verified === 'yes';
    const refused = await attempt(locals, 'record', typed, (ctx) =>
      recordSpecialDay(ctx, {
        date: typed.date ?? '',
        kind: typed.kind as CalendarDay['kind'],
        name: { vi: typed['name.vi'] ?? '', en: typed['name.en'] ?? '' },
        source: typed.source ?? '',
        mark: verified ? 'F' : 'MS',
        verified,
        decreedOn: typed.decreedOn,
        swapFor: typed.swapFor,
      }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=recorded&year=${typed.date?.slice(0, 4)}`);
  },

  remove: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'remove', typed, (ctx) => removeSpecialDay(ctx, typed.date ?? ''));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=removed&year=${typed.date?.slice(0, 4)}`);
  },

  adopt: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'adopt', typed, adoptNationalDays);
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=adopted`);
  },
};

function dayView(day: CalendarDay, locale: Locale) {
  return {
    iso: day.date,
    date: formatDate(day.date, locale),
    weekday: formatWeekday(day.date, locale),
    kind: day.kind,
    name: day.name[locale],
    source: day.source,
    verified: day.verified,
    decreedOn: day.decreedOn ? formatDate(day.decreedOn, locale) : null,
    swapFor: day.swapFor ? formatDate(day.swapFor, locale) : null,
  };
}
