import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow, may } from '#kernel/rights';
import type { CommuneAnnouncement } from '#kernel/schema';
import type { Selectable } from 'kysely';
import { isCurrent, type Announcement, type AnnouncementKind } from './announcement.ts';

export type AnnouncementPage = { items: Announcement[]; total: number };

/** Urgent ones first, then the newest: what is to be read now; with `all` also what has expired (staff). */
export async function listAnnouncements(
  ctx: Ctx,
  { all = false, offset = 0, limit = 20 }: { all?: boolean; offset?: number; limit?: number } = {},
): Promise<AnnouncementPage> {
  allow(ctx, all ? 'commune.announcement.edit' : 'commune.announcement.see');
  let found = ctx.db.selectFrom('commune_announcement').where('commune_id', '=', ctx.commune.id);
  if (!all) {
    found = found
      .where('published_at', '<=', ctx.now)
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', ctx.now)]));
  }
  const rows = await found
    .selectAll()
    .$if(!all, (query) => query.orderBy((eb) => eb('kind', '=', 'urgent'), 'desc'))
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return { items: rows.map(announcementOf), total: Number(total) };
}

/**
 * One announcement. What has expired stays readable under its address for officials only.
 * @throws AppError `commune.announcement.not_found` (404)
 */
export async function getAnnouncement(ctx: Ctx, id: string): Promise<Announcement> {
  allow(ctx, 'commune.announcement.see');
  const found = isId(id) ? await readAnnouncement(ctx, id) : undefined;
  const shown = found && (isCurrent(found, ctx.now) || may(ctx, 'commune.announcement.edit'));
  return mustExist(shown ? found : undefined, 'commune.announcement');
}

async function readAnnouncement(ctx: Ctx, id: string): Promise<Announcement | undefined> {
  const row = await ctx.db
    .selectFrom('commune_announcement')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && announcementOf(row);
}

function announcementOf(row: Selectable<CommuneAnnouncement>): Announcement {
  return {
    id: row.id,
    kind: row.kind as AnnouncementKind,
    title: row.title,
    body: row.body,
    titleEn: row.title_en,
    bodyEn: row.body_en,
    publishedAt: row.published_at,
    expiresAt: row.expires_at,
    downtimeFrom: row.downtime_from,
    downtimeTo: row.downtime_to,
  };
}
