import { getAnnouncement } from '../../announcement.queries.ts';
import { announcementView } from '../../announcement-view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
  locals.run(async (ctx) => {
    const announcement = await getAnnouncement(ctx, params.id);
    return { announcement: announcementView(announcement, ctx.now, locals.locale) };
  });
