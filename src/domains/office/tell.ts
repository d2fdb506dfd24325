/** How officials are told of their work: in the inbox, and by e-mail where they have one. */
import { notifyMany, type Notice, type NoticeEvent } from '#domain/notifications';
import type { Official } from '#domain/registry';
import { localizeHref } from '#i18n/runtime';
import { actorId, type Ctx } from '#kernel/context';

/** What is told, to which officials. */
export type News = {
  event: NoticeEvent;
  /** What happened, uniquely. */
  key: string;
  to: readonly (Official | undefined)[];
  params: Notice['params'];
};

/** Tells officials, but not the one who did it himself. */
export async function tellOfficials(ctx: Ctx, { event, key, to, params }: News): Promise<void> {
  if (ctx.silent) return;
  const notices = to
    .filter((one) => one !== undefined)
    .filter(({ userId, email }) => (userId ?? email) !== null && userId !== actorId(ctx.actor))
    .map(({ userId, email }) => ({ event, key, to: { userId, email }, params }));
  if (notices.length > 0) await notifyMany(ctx, notices);
}

/** The staff page of a thing, as it stands in messages. */
export function officeLink(part: 'documents' | 'tasks', id: string): string {
  return localizeHref(`/office/staff/${part}/${id}`, { locale: 'vi' });
}

/** The name of who acts, for "from". */
export function fromWhom(ctx: Ctx): string | undefined {
  return ctx.actor.kind === 'person' ? ctx.actor.name : undefined;
}
