import { redirect } from '@sveltejs/kit';
import { listOfficials } from '#domain/registry';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, textsOf } from '#app/attempt';
import { formatDate, formatWeekday } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { cancelEntry, changeEntry } from '../../../agenda/entry.actions.ts';
import { getEntry } from '../../../agenda/entry.queries.ts';
import { entryInput } from '../../../agenda/form.ts';
import { entryView } from '../../../agenda/week.ts';
import { officialOptions } from '../../../edge.ts';
import { taskLinks } from '../../../task/links.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const entry = await getEntry(ctx, params.id);
    const officials = await listOfficials(ctx, 'ever');
    const names = new Map(officials.map((one) => [one.id, one.fullName]));
    return {
      entry,
      view: entryView(entry, names),
      day: `${formatWeekday(entry.day, ctx.locale)}, ${formatDate(entry.day, ctx.locale)}`,
      tasks: await taskLinks(ctx, { kind: 'meeting', id: params.id }),
      officials: officialOptions(officials, localDateOf(ctx.now)),
      mayEdit: may(ctx, 'office.entry.edit') && !entry.cancelledAt,
      crumbs: [
        { href: localizeHref('/office/staff/calendar'), label: m.office_nav_calendar() },
        { href: url.pathname, label: entry.title },
      ],
    };
  });

export const actions: Actions = {
  change: async ({ locals, params, request }) => {
    const { seen, ...typed } = textsOf(await request.formData(), ['officials']);
    const refused = await attempt(locals, 'change', typed, (ctx) =>
      changeEntry(ctx, params.id, entryInput(typed), Number(seen)),
    );
    if (refused) return refused;
    const week = encodeURIComponent(typed.day ?? '');
    redirect(303, `${localizeHref('/office/staff/calendar')}?week=${week}&done=changed`);
  },

  cancel: async ({ locals, params, request }) => {
    const { seen } = textsOf(await request.formData());
    const refused = await attempt(locals, 'cancel', {}, (ctx) => cancelEntry(ctx, params.id, Number(seen)));
    if (refused) return refused;
    redirect(303, `${localizeHref('/office/staff/calendar')}?done=cancelled`);
  },
};
