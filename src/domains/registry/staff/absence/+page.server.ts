import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { addDays, localDateOf } from '#kernel/time';
import { endAbsence, recordAbsence } from '../../absence.actions.ts';
import { listAbsences } from '../../absence.queries.ts';
import { listOfficials } from '../../official.queries.ts';
import type { Actions, PageServerLoad } from './$types';

const BACK_DAYS = 60;
const AHEAD_DAYS = 366;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { absences, officials, today } = await locals.run(async (ctx) => {
    const day = localDateOf(ctx.now);
    return {
      absences: await listAbsences(ctx, addDays(day, -BACK_DAYS), addDays(day, AHEAD_DAYS)),
      officials: await listOfficials(ctx, 'ever'),
      today: day,
    };
  });
  const names = new Map(officials.map((one) => [one.id, one.fullName]));
  return {
    absences: absences.map((one) => ({
      id: one.id,
      name: names.get(one.officialId) ?? '',
      from: formatDate(one.from, locale),
      to: formatDate(one.to, locale),
      cover: one.coveredBy && (names.get(one.coveredBy) ?? ''),
      reason: one.reason,
      state: one.to < today ? ('over' as const) : one.from > today ? ('later' as const) : ('now' as const),
    })),
    officials: officials
      .filter((one) => (one.termTo ?? today) >= today)
      .map((one) => ({ value: one.id, label: `${one.fullName}, ${one.post}` })),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/registry/staff'), label: m.registry_desk({}, { locale }) },
      { href: url.pathname, label: m.registry_desk_absence({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  record: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { officialId = '', from = '', to = '', coveredBy, reason } = typed;
    const refused = await attempt(locals, 'record', typed, (ctx) =>
      recordAbsence(ctx, { officialId, from, to, coveredBy, reason }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=recorded`);
  },

  end: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'end', typed, (ctx) => endAbsence(ctx, typed.id ?? ''));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=ended`);
  },
};
