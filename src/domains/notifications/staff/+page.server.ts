import { fail } from '@sveltejs/kit';
import { cleanLine } from '#kernel/text';
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/context';
import { formatDateTime, formatIso } from '#kernel/format';
import { may } from '#kernel/rights';
import { parseLocalDate } from '#kernel/time';
import { deliveryLine, eventWords, tried, staffTabs, STATE_WORDS, wayWords } from '../edge.ts';
import { pageIn, pagesOf } from '../pager.ts';
import { listLog, STATES, WAYS, type LogEntry, type LogFilter } from '../log.queries.ts';
import { repeatDelivery } from '../repeat.actions.ts';
import { NOTICE_EVENTS } from '../template.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const filter = filterOf(url.searchParams);
  const { page, ...range } = pageIn(url);
  const found = await locals.run(async (ctx) => ({
    ...(await listLog(ctx, filter, range)),
    mayRepeat: may(ctx, 'notifications.delivery.repeat'),
    tabs: staffTabs(locals, (right) => may(ctx, right), '/notifications/staff'),
  }));
  return {
    filter,
    filtered: Object.values(filter).some((value) => value !== undefined),
    options: {
      states: STATES.map((value) => ({ value, label: STATE_WORDS[value]({}, { locale }) })),
      ways: WAYS.map((value) => ({ value, label: wayWords(value, locale) })),
      events: NOTICE_EVENTS.map((value) => ({ value, label: eventWords(value, locale) })),
    },
    lines: found.items.map((entry) => lineOf(entry, locale)),
    total: found.total,
    page,
    pages: pagesOf(found.total),
    mayRepeat: found.mayRepeat,
    tabs: found.tabs,
    crumbs: [{ href: url.pathname, label: m.notifications_log_title({}, { locale }) }],
  };
};

export const actions: Actions = {
  repeat: async ({ locals, request }) => {
    const id = String((await request.formData()).get('delivery') ?? '');
    const failed = await tried(locals.locale, () => locals.run((ctx) => repeatDelivery(ctx, id)));
    if (failed) return fail(failed.status, { refused: failed.refused });
    return { done: m.notifications_log_repeated({}, { locale: locals.locale }) };
  },
};

/** What of the address is a filter; anything else in it is ignored. */
function filterOf(query: URLSearchParams): LogFilter {
  const text = (name: string) => cleanLine(query.get(name) ?? '').slice(0, 60) || undefined;
  const day = (name: string) => parseLocalDate(query.get(name) ?? '');
  return {
    state: STATES.find((known) => known === query.get('state')),
    way: WAYS.find((known) => known === query.get('way')),
    event: NOTICE_EVENTS.find((known) => known === query.get('event')),
    code: text('code'),
    phone: text('phone'),
    from: day('from'),
    to: day('to'),
  };
}

function lineOf(entry: LogEntry, locale: Locale) {
  const { id, at, event, name, phone, email, inbox, readAt, title, body, sms } = entry;
  return {
    id,
    at: formatIso(at),
    when: formatDateTime(at, locale),
    to: [name, phone, email].filter((part) => part !== null),
    inbox: inbox
      ? {
          way: wayWords('inbox', locale),
          note: readAt
            ? m.notifications_log_inbox_read({ when: formatDateTime(readAt, locale) }, { locale })
            : m.notifications_log_inbox_unread({}, { locale }),
          read: readAt !== null,
        }
      : null,
    event,
    title,
    body,
    sms,
    lang: entry.locale,
    deliveries: entry.deliveries.map((delivery) => deliveryLine(delivery, locale)),
  };
}
