import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate } from '#kernel/format';
import { maskPhone } from '#kernel/mask';
import { may } from '#kernel/rights';
import { cleanLine } from '#kernel/text';
import { attempt, textOf } from '../../edge.ts';
import { endMandate } from '../../mandate/mandate.actions.ts';
import { listMandates, MANDATE_VIEWS, type Mandate } from '../../mandate/mandate.queries.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 20;
const LAST_PAGE = 1_000;
const HERE = '/services/staff/mandates';

export const load: PageServerLoad = ({ locals, url }) =>
  locals.run(async (ctx) => {
    const query = url.searchParams;
    const view = MANDATE_VIEWS.find((one) => one === query.get('view')) ?? 'open';
    const q = cleanLine((query.get('q') ?? '').slice(0, 100));
    const page = Math.min(Math.max(Math.trunc(Number(query.get('page'))) || 1, 1), LAST_PAGE);
    const offset = (page - 1) * PER_PAGE;
    const { total, mandates } = await listMandates(ctx, { view, q, offset, limit: PER_PAGE });
    const done = query.get('done');
    return {
      view,
      q,
      page,
      total,
      offset,
      pages: Math.max(1, Math.ceil(total / PER_PAGE)),
      mayRecord: may(ctx, 'services.mandate.record'),
      mayEnd: may(ctx, 'services.mandate.end'),
      done: done === 'recorded' || done === 'ended' ? done : null,
      rows: mandates.map((one) => rowOf(one, ctx.locale)),
      crumbs: [{ href: localizeHref(HERE), label: m.services_nav_mandates() }],
    };
  });

/** Names stand in full, numbers are masked: enough to tell people apart. */
function rowOf(mandate: Mandate, locale: 'vi' | 'en') {
  const { id, personName, personPhone, helperName, helperPhone, scope, evidence, open } = mandate;
  return {
    id,
    person: { name: personName, phone: maskPhone(personPhone) },
    helper: { name: helperName, phone: helperPhone && maskPhone(helperPhone) },
    scope,
    evidence,
    from: formatDate(mandate.from, locale),
    until: formatDate(mandate.until, locale),
    open,
    state: open
      ? { tone: 'ok' as const, label: m.services_mandate_open() }
      : mandate.endedAt
        ? {
            tone: 'info' as const,
            label: m.services_mandate_ended({ day: formatDate(mandate.endedAt, locale) }),
          }
        : { tone: 'info' as const, label: m.services_mandate_expired() },
  };
}

export const actions: Actions = {
  end: async ({ locals, request }) => {
    const form = await request.formData();
    const gone = await attempt({}, () => locals.run((ctx) => endMandate(ctx, textOf(form, 'id', 60))));
    if (gone) return gone;
    redirect(303, `${localizeHref(HERE)}?done=ended`);
  },
};
