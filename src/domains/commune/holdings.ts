/** What this room keeps for a commune. */
import { m } from '#i18n/messages';
import type { Ctx, Holding } from '#kernel/context';
import { allow } from '#kernel/rights';
import { listHamlets } from './hamlet.queries.ts';

export const HOLDINGS: readonly Holding[] = [
  {
    name: 'commune.hamlets',
    title: (locale) => m.commune_desk_hamlets({}, { locale }),
    count: async (ctx) => (await listHamlets(ctx)).length,
  },
  {
    name: 'commune.announcements',
    title: (locale) => m.commune_announcements_title({}, { locale }),
    count: countAnnouncements,
  },
];

async function countAnnouncements(ctx: Ctx): Promise<number> {
  allow(ctx, 'commune.announcement.see');
  const { count } = await ctx.db
    .selectFrom('commune_announcement')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}
