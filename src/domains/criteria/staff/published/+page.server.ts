import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate, formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { publishBoard, withdrawPublished, type Reach } from '../../province/publish.actions.ts';
import { ownPublished } from '../../province/published.queries.ts';
import { comparedSets } from '../../province/view.ts';
import { setsInForce } from '../../set.queries.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the commune publishes of its boards, to whom, and the form that does it. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const today = localDateOf(ctx.now);
    const inForce = (await setsInForce(ctx, today)).map(({ set }) => set.code);
    const sets = comparedSets().filter(({ code }) => inForce.includes(code));
    const titles = new Map(sets.map(({ code, title }) => [code, title[ctx.locale]]));
    return {
      rows: (await ownPublished(ctx)).map(({ set, reach, live, body, signerName, publishedAt }) => ({
        set,
        title: titles.get(set) ?? set,
        reach: reachWords(body === null ? null : reach, ctx.locale),
        shown: body !== null,
        live,
        day: body ? formatDate(body.asOf, ctx.locale) : '–',
        reached: body ? `${body.totals.indicators.reached}/${body.totals.indicators.all}` : '–',
        who: signerName ?? m.criteria_published_program({}, ctx),
        at: formatDateTime(publishedAt, ctx.locale),
      })),
      sets: [...titles].map(([value, label]) => ({ value, label })),
      today,
      mayPublish: may(ctx, 'criteria.board.publish'),
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: url.pathname, label: m.criteria_publishing({}, ctx) },
      ],
    };
  });

function reachWords(reach: Reach | null, locale: 'vi' | 'en'): string {
  if (reach === null) return m.criteria_reach_nobody({}, { locale });
  return reach === 'public'
    ? m.criteria_reach_public({}, { locale })
    : m.criteria_reach_province({}, { locale });
}

export const actions: Actions = {
  publish: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const { set = '', asOf = '', reach = '', live } = typed;
    const given = { asOf, reach: reach as Reach, live: live === 'yes' };
    const refused = await attempt(locals, 'publish', typed, (ctx) => publishBoard(ctx, set, given));
    if (refused) return refused;
    redirect(303, localizeHref('/criteria/staff/published'));
  },

  withdraw: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'withdraw', typed, (ctx) =>
      withdrawPublished(ctx, typed.set ?? ''),
    );
    if (refused) return refused;
    redirect(303, localizeHref('/criteria/staff/published'));
  },
};
