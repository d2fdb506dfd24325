import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate, formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { setsInForce } from '../../set.queries.ts';
import { freezeBoard, listSnapshots } from '../../snapshot/snapshot.actions.ts';
import type { Actions, PageServerLoad } from './$types';

/** The frozen boards, the newest first, and the form that freezes one. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const today = localDateOf(ctx.now);
    const sets = (await setsInForce(ctx, today)).filter(({ set }) => set.level === 'commune');
    const titles = new Map(sets.map(({ set }) => [set.code, set.title[ctx.locale]]));
    return {
      rows: (await listSnapshots(ctx)).map((one) => ({
        id: one.id,
        href: localizeHref(`/criteria/staff/snapshots/${one.id}`),
        set: titles.get(one.set) ?? one.set,
        day: formatDate(one.asOf, ctx.locale),
        who: one.signerName,
        at: formatDateTime(one.at, ctx.locale),
      })),
      sets: [...titles].map(([value, label]) => ({ value, label })),
      today,
      mayFreeze: may(ctx, 'criteria.snapshot.freeze'),
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: url.pathname, label: m.criteria_snapshots({}, ctx) },
      ],
    };
  });

export const actions: Actions = {
  freeze: async ({ locals, request }) => {
    const typed = await typedOf(request);
    let id = '';
    const refused = await attempt(locals, 'freeze', typed, async (ctx) => {
      id = await freezeBoard(ctx, typed.set ?? '', { asOf: typed.asOf ?? '' });
    });
    if (refused) return refused;
    redirect(303, localizeHref(`/criteria/staff/snapshots/${id}`));
  },
};
