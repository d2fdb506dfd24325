import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { localDateOf } from '#kernel/time';
import { closeFinding } from '../../../inspection/edge.close.ts';
import { inspectionView } from '../../../inspection/edge.view.ts';
import { mayClose } from '../../../inspection/inspection.actions.ts';
import { getInspection } from '../../../inspection/inspection.queries.ts';
import { headNames } from '../../../plot/household.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const found = await locals.run(async (ctx) => {
    const one = await getInspection(ctx, params.id);
    const heads = await headNames(ctx, [one]);
    const day = localDateOf(ctx.now);
    return {
      view: inspectionView(one, (one.householdId && heads.get(one.householdId)) ?? null, day, locale),
      mayClose: await mayClose(ctx, one),
      today: day,
    };
  });
  return {
    ...found,
    done: url.searchParams.has('done'),
    crumbs: [
      { href: localizeHref('/farming/staff/inspections'), label: m.farming_inspections() },
      { href: url.pathname, label: found.view.title },
    ],
  };
};

export const actions: Actions = { close: closeFinding };
