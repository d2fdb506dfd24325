import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatDateTime, formatMoney } from '#kernel/format';
import { pageIn } from '#kernel/pager';
import { listTickets } from '../../lot/lot.queries.ts';
import { payTicket } from '../../lot/ticket.actions.ts';
import { kiloWords } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const unpaid = url.searchParams.get('unpaid') === 'yes';
  const page = pageIn(url.searchParams);
  const offset = (page - 1) * PER_PAGE;
  const { items, total, owed } = await locals.run((ctx) =>
    listTickets(ctx, { unpaid, offset, limit: PER_PAGE }),
  );
  return {
    unpaid,
    owed: formatMoney(owed, locale),
    rows: items.map((ticket) => ({
      id: ticket.id,
      code: ticket.code,
      lotHref: localizeHref(`/trace/staff/${ticket.lotId}`),
      lot: ticket.lotCode,
      seller: ticket.sellerName,
      weighed: formatDateTime(ticket.weighedAt, locale),
      net: kiloWords(ticket.netG, locale),
      amount: formatMoney(ticket.amount, locale),
      payBy: ticket.payBy && formatDate(ticket.payBy, locale),
      undone: ticket.undone,
      paid: ticket.paidAt && formatDate(ticket.paidAt, locale),
    })),
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    where: { first: offset + 1, shown: items.length, total },
    crumbs: [
      { href: localizeHref('/trace/staff'), label: m.trace_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.trace_tickets({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  pay: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'pay', typed, (ctx) => payTicket(ctx, typed['id'] ?? ''));
    if (refused) return refused;
    redirect(303, `${url.pathname}?unpaid=${url.searchParams.get('unpaid') ?? ''}`);
  },
};
