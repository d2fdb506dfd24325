/** The inbox of whoever is signed in: what they were told, newest first. */
import type { Ctx, Locale } from '#kernel/context';
import { actorId } from '#kernel/context';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { putIntoWords } from './wording.ts';

export type InboxItem = {
  id: string;
  at: Date;
  title: string;
  body: string;
  /** A path of our own pages. */
  link: string | null;
  read: boolean;
};

/** One page of the own inbox, in the reader's language of now. */
export async function listInbox(
  ctx: Ctx,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ items: InboxItem[]; total: number; unread: number }> {
  allow(ctx, 'notifications.inbox.read');
  const own = ownMessages(ctx);
  const rows = await own
    .select(['id', 'event', 'wording', 'locale', 'params', 'created_at', 'read_at'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  const counted = await own
    .select((eb) => [
      eb.fn.countAll().as('total'),
      eb.fn.countAll().filterWhere('read_at', 'is', null).as('unread'),
    ])
    .executeTakeFirstOrThrow();
  const readable = rows.map((row) => inLanguage(row, ctx.locale));
  const words = await putIntoWords(ctx, readable, null);
  const items = readable.map((row) => {
    const { title, body, values } = words.get(row)!;
    return {
      id: row.id,
      at: row.created_at,
      title,
      body,
      link: values.link ?? null,
      read: row.read_at !== null,
    };
  });
  return { items, total: Number(counted.total), unread: Number(counted.unread) };
}

/** How many messages the person has not read; 0 for everybody who is no person. For the bell in the frame. */
export async function countUnread(ctx: Ctx): Promise<number> {
  if (ctx.actor.kind !== 'person') return 0;
  allow(ctx, 'notifications.inbox.read');
  const { unread } = await ownMessages(ctx)
    .where('read_at', 'is', null)
    .select((eb) => eb.fn.countAll().as('unread'))
    .executeTakeFirstOrThrow();
  return Number(unread);
}

/** Marks one message of the own inbox as read, or all. Marking again changes nothing. */
export async function markRead(ctx: Ctx, which: { id: string } | 'all'): Promise<void> {
  allow(ctx, 'notifications.inbox.mark');
  if (which !== 'all' && !isId(which.id)) return;
  let update = ctx.db
    .updateTable('notifications_message')
    .set({ read_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', actorId(ctx.actor))
    .where('read_at', 'is', null);
  if (which !== 'all') update = update.where('id', '=', which.id);
  await update.execute();
}

/** Marks one message as read. @returns the path it leads to, or null */
export async function openMessage(ctx: Ctx, id: string): Promise<string | null> {
  await markRead(ctx, { id });
  if (!isId(id)) return null;
  const row = await ownMessages(ctx).select('params').where('id', '=', id).executeTakeFirst();
  const { link } = (row?.params ?? {}) as Record<string, string>;
  return link ?? null;
}

function ownMessages(ctx: Ctx) {
  return ctx.db
    .selectFrom('notifications_message')
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', actorId(ctx.actor));
}

/** Catalogue words can be read in either language; the commune's own only in that in which they were sent. */
function inLanguage<T extends { locale: string; wording: string }>(row: T, locale: Locale): T {
  return row.wording.startsWith('catalog:') ? { ...row, locale } : row;
}
