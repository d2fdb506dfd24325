import { listAnnouncements } from '../announcement.queries.ts';
import { announcementView } from '../announcement-view.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 10;

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), 1000);
  return locals.run(async (ctx) => {
    const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
    const { items, total } = await listAnnouncements(ctx, range);
    return {
      items: items.map((one) => announcementView(one, ctx.now, locals.locale)),
      total,
      page,
      pages: Math.max(1, Math.ceil(total / PER_PAGE)),
      first: range.offset + 1,
    };
  });
};
