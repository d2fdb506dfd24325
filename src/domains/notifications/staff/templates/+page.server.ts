import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { may } from '#kernel/rights';
import { eventWords, staffTabs } from '../../edge.ts';
import { listTemplates } from '../../template.actions.ts';
import { eventTemplate } from '../../template.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { templates, tabs } = await locals.run(async (ctx) => ({
    templates: await listTemplates(ctx),
    tabs: staffTabs(locals, (right) => may(ctx, right), '/notifications/staff/templates'),
  }));
  return {
    lines: templates.map(({ event, own }) => {
      const { audience, urgent } = eventTemplate(event);
      return {
        event,
        title: eventWords(event, locale),
        href: localizeHref(`/notifications/staff/templates/${event}`),
        audience,
        urgent: urgent === true,
        own: Object.keys(own).length > 0,
      };
    }),
    tabs,
    crumbs: [{ href: url.pathname, label: m.notifications_templates_title({}, { locale }) }],
  };
};
