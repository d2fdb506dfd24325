import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { planView } from '../../plan/board.ts';
import type { PageServerLoad } from './$types';

/** The plan: what is late first, the board by state, the timeline. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => ({
    ...(await planView(ctx, url.searchParams)),
    crumbs: [
      { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
      { href: url.pathname, label: m.criteria_plan({}, ctx) },
    ],
  }));
