import { fail } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { may } from '#kernel/rights';
import { tried, staffTabs, wayWords } from '../../edge.ts';
import { readChannels, saveQuietHours } from '../../setting.actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { view, tabs, mayChange } = await locals.run(async (ctx) => ({
    view: await readChannels(ctx),
    tabs: staffTabs(locals, (right) => may(ctx, right), '/notifications/staff/channels'),
    mayChange: may(ctx, 'notifications.setting.change'),
  }));
  return {
    ...view,
    channels: view.channels.map((channel) => ({ ...channel, way: wayWords(channel.name, locale) })),
    tabs,
    mayChange,
    crumbs: [{ href: url.pathname, label: m.notifications_channels_title({}, { locale }) }],
  };
};

export const actions: Actions = {
  quiet: async ({ locals, request }) => {
    const form = await request.formData();
    const typed = { from: String(form.get('from') ?? ''), to: String(form.get('to') ?? '') };
    const failed = await tried(locals.locale, () => locals.run((ctx) => saveQuietHours(ctx, typed)));
    if (failed) return fail(failed.status, { refused: { ...failed.refused, typed } });
    return { done: m.notifications_quiet_saved({}, { locale: locals.locale }) };
  },
};
