import { redirect } from '@sveltejs/kit';
import { listOfficials } from '#domain/registry';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, textsOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { addDays, localDateOf, parseLocalDate } from '#kernel/time';
import { addEntry } from '../../agenda/entry.actions.ts';
import { entriesOfWeek, mondayOf } from '../../agenda/entry.queries.ts';
import { endFeeds, openFeed } from '../../agenda/feed.actions.ts';
import { entryInput } from '../../agenda/form.ts';
import { weekView } from '../../agenda/week.ts';
import { officialOptions } from '../../edge.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const today = localDateOf(ctx.now);
    const monday = mondayOf(parseLocalDate(url.searchParams.get('week') ?? '') ?? today);
    const entries = await entriesOfWeek(ctx, monday);
    const officials = await listOfficials(ctx, 'ever');
    const names = new Map(officials.map((one) => [one.id, one.fullName]));
    return {
      monday,
      today,
      span: `${formatDate(monday, ctx.locale)} – ${formatDate(addDays(monday, 6), ctx.locale)}`,
      before: addDays(monday, -7),
      after: addDays(monday, 7),
      days: weekView(monday, entries, names, ctx.locale),
      officials: officialOptions(officials, today),
      may: { edit: may(ctx, 'office.entry.edit'), feed: may(ctx, 'office.feed.open') },
      done: url.searchParams.get('done'),
      crumbs: [{ href: url.pathname, label: m.office_nav_calendar() }],
    };
  });

export const actions: Actions = {
  add: async ({ locals, request, url }) => {
    const typed = textsOf(await request.formData(), ['officials']);
    const refused = await attempt(locals, 'add', typed, (ctx) => addEntry(ctx, entryInput(typed)));
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?week=${encodeURIComponent(typed.day ?? '')}&done=added`);
  },

  feed: async ({ locals, request, url }) => {
    const typed = textsOf(await request.formData());
    let token = '';
    const refused = await attempt(locals, 'feed', typed, async (ctx) => {
      token = await openFeed(ctx, typed.mine === 'yes');
    });
    if (refused) return refused;
    return { feed: `${url.origin}${localizeHref('/office/feed', { locale: 'vi' })}/${token}.ics` };
  },

  unfeed: async ({ locals, url }) => {
    const refused = await attempt(locals, 'feed', {}, endFeeds);
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=unfed`);
  },
};
