import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { formatDateTime, formatIso } from '#kernel/format';
import { pageIn, pagesOf } from './pager.ts';
import { listInbox, markRead, openMessage } from './inbox.actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { page, ...range } = pageIn(url);
  const { items, total, unread } = await locals.run((ctx) => listInbox(ctx, range));
  return {
    items: items.map((item) => ({
      ...item,
      at: formatIso(item.at),
      when: formatDateTime(item.at, locals.locale),
    })),
    total,
    unread,
    page,
    pages: pagesOf(total),
  };
};

export const actions: Actions = {
  /** Marks and goes where the message leads. */
  open: async ({ locals, request }) => {
    const id = String((await request.formData()).get('id') ?? '');
    const link = await locals.run((ctx) => openMessage(ctx, id));
    redirect(303, link ?? localizeHref('/notifications'));
  },
  mark: async ({ locals, request, url }) => {
    const id = String((await request.formData()).get('id') ?? '');
    await locals.run((ctx) => markRead(ctx, { id }));
    redirect(303, backTo(url));
  },
  markAll: async ({ locals, url }) => {
    await locals.run((ctx) => markRead(ctx, 'all'));
    redirect(303, backTo(url));
  },
};

function backTo(url: URL): string {
  const { page } = pageIn(url);
  return localizeHref('/notifications') + (page > 1 ? `?page=${page}` : '');
}
