import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { emit } from '#kernel/events';
import { formatDateTime } from '#kernel/format';
import { newId } from '#kernel/ids';
import { checked, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { ANNOUNCEMENT_KINDS, earliestDowntime, isCurrent } from './announcement.ts';
import { getAnnouncement } from './announcement.queries.ts';
import { officeCalendar } from './office-calendar.ts';

const Words = z.object({
  title: line(200),
  body: lines(10_000),
  titleEn: optional(line(200)).optional(),
  bodyEn: optional(lines(10_000)).optional(),
});

const Moment = z.date('input.bad_instant').nullish();

export const NewAnnouncement = Words.extend({
  kind: z.enum(ANNOUNCEMENT_KINDS),
  expiresAt: Moment,
  downtimeFrom: Moment,
  downtimeTo: Moment,
});
export type NewAnnouncement = z.input<typeof NewAnnouncement>;
type Checked = z.output<typeof NewAnnouncement>;

/**
 * Publishes now. Planned downtime needs at least seven working days' notice (NĐ 224/2026/NĐ-CP art. 13),
 * counted in the commune's own office calendar; what comes without warning is announced as urgent.
 * @returns its id
 * @throws AppError `commune.announcement.short_notice` (422, `earliest`); `input.invalid`
 */
export async function publishAnnouncement(ctx: Ctx, input: NewAnnouncement): Promise<string> {
  allow(ctx, 'commune.announcement.edit', { kind: 'announcement' }, { title: input.title });
  const given = checked(NewAnnouncement, input);
  refuseBadTimes(ctx, given);
  if (given.kind === 'downtime') await refuseShortNotice(ctx, given);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('commune_announcement')
    .values({
      commune_id: ctx.commune.id,
      id,
      kind: given.kind,
      title: given.title,
      body: given.body,
      title_en: given.titleEn ?? null,
      body_en: given.bodyEn ?? null,
      published_at: ctx.now,
      expires_at: given.expiresAt ?? null,
      downtime_from: given.downtimeFrom ?? null,
      downtime_to: given.downtimeTo ?? null,
      created_by: actorId(ctx.actor),
    })
    .execute();
  await emit(ctx, 'commune.announcement.published', { id, kind: given.kind });
  return id;
}

/** Mends the words of an announcement; kind and times stay as they were promised. */
export async function rewordAnnouncement(ctx: Ctx, id: string, input: z.input<typeof Words>): Promise<void> {
  allow(ctx, 'commune.announcement.edit', { kind: 'announcement', id }, { title: input.title });
  const given = checked(Words, input);
  await getAnnouncement(ctx, id);
  const { title, body, titleEn = null, bodyEn = null } = given;
  await ctx.db
    .updateTable('commune_announcement')
    .set({ title, body, title_en: titleEn, body_en: bodyEn })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

/** Takes an announcement off from now on. @throws AppError `commune.announcement.expired` (409) when it is off already */
export async function expireAnnouncement(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'commune.announcement.edit', { kind: 'announcement', id }, { expired: true });
  const announcement = await getAnnouncement(ctx, id);
  if (!isCurrent(announcement, ctx.now)) throw new AppError('commune.announcement.expired', 409);
  await ctx.db
    .updateTable('commune_announcement')
    .set({ expires_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

function refuseBadTimes(ctx: Ctx, given: Checked): void {
  const { kind, expiresAt, downtimeFrom, downtimeTo } = given;
  if (expiresAt && expiresAt <= ctx.now) refuseField('expiresAt', 'commune.announcement.expires_in_past');
  if (kind === 'downtime' && !downtimeFrom) refuseField('downtimeFrom', 'input.missing');
  if (kind === 'downtime' && !downtimeTo) refuseField('downtimeTo', 'input.missing');
  if (kind === 'news' && (downtimeFrom || downtimeTo)) {
    refuseField('downtimeFrom', 'commune.announcement.not_downtime');
  }
  if (downtimeFrom && downtimeTo && downtimeTo <= downtimeFrom) {
    refuseField('downtimeTo', 'commune.announcement.ends_before_start');
  }
}

async function refuseShortNotice(ctx: Ctx, { downtimeFrom }: Checked): Promise<void> {
  const earliest = earliestDowntime(await officeCalendar(ctx), ctx.now);
  if (downtimeFrom && downtimeFrom < earliest) {
    const code = 'commune.announcement.short_notice';
    const params = { earliest: formatDateTime(earliest, ctx.locale) };
    throw new AppError(code, 422, params, { downtimeFrom: code });
  }
}
