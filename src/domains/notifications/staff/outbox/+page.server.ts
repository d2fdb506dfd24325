import { m } from '#i18n/messages';
import { formatDateTime, formatIso } from '#kernel/format';
import { may } from '#kernel/rights';
import { staffTabs, wayWords } from '../../edge.ts';
import { pageIn, pagesOf } from '../../pager.ts';
import { listDemoOutbox } from '../../log.queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { page, ...range } = pageIn(url);
  const found = await locals.run(async (ctx) => ({
    box: await listDemoOutbox(ctx, range),
    tabs: staffTabs(locals, (right) => may(ctx, right), '/notifications/staff/outbox'),
  }));
  const items = found.box?.items ?? [];
  return {
    exists: found.box !== null,
    letters: items.map((entry) => ({
      id: entry.id,
      at: formatIso(entry.at),
      when: formatDateTime(entry.at, locale),
      to: entry.deliveries.map(({ channel }) => ({
        way: wayWords(channel, locale),
        address: channel === 'email' ? entry.email : entry.phone,
      })),
      title: entry.title,
      sms: entry.deliveries.some(({ channel }) => channel !== 'email') ? entry.sms : null,
      body: entry.deliveries.some(({ channel }) => channel === 'email') ? entry.body : null,
      lang: entry.locale,
    })),
    total: found.box?.total ?? 0,
    page,
    pages: pagesOf(found.box?.total ?? 0),
    tabs: found.tabs,
    crumbs: [{ href: url.pathname, label: m.notifications_outbox_title({}, { locale }) }],
  };
};
