import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import { formatDateTime, type Locale } from '#kernel/format';
import { pageIn } from '#kernel/pager';
import { tellPortalAgain } from '../../portal/portal.actions.ts';
import { portalDesk, type PortalLine } from '../../portal/portal.queries.ts';
import { PORTAL_SOURCE, PORTAL_STATES, type PortalState } from '../../portal/portal.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 25;
const WORDS = {
  waiting: m.trace_portal_waiting,
  sent: m.trace_portal_sent,
  acknowledged: m.trace_portal_acknowledged,
  refused: m.trace_portal_refused,
} as const;
const TONES = { waiting: 'info', sent: 'info', acknowledged: 'ok', refused: 'bad' } as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const asked = url.searchParams.get('state');
  const state = PORTAL_STATES.find((one) => one === asked);
  const page = pageIn(url.searchParams);
  const offset = (page - 1) * PER_PAGE;
  const { on, counts, items } = await locals.run((ctx) =>
    portalDesk(ctx, { state, offset, limit: PER_PAGE }),
  );
  const total = state ? counts[state] : Object.values(counts).reduce((sum, one) => sum + one, 0);
  return {
    on,
    source: inLocale(PORTAL_SOURCE.source, locale),
    state: state ?? '',
    states: PORTAL_STATES.map((value) => ({
      value,
      label: `${WORDS[value]({}, { locale })} (${counts[value]})`,
    })),
    rows: items.map((one) => lineOf(one, locale)),
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    where: { first: offset + 1, shown: items.length, total },
    crumbs: [
      { href: localizeHref('/trace/staff'), label: m.trace_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.trace_portal({}, { locale }) },
    ],
  };
};

function lineOf(one: PortalLine, locale: Locale) {
  const stopped = one.lotState === 'held' || one.lotState === 'recalled';
  const waits = one.state === 'waiting' || one.state === 'sent';
  return {
    id: one.lotId,
    href: localizeHref(`/trace/staff/${one.lotId}`),
    code: one.code,
    product: one.product,
    label: WORDS[one.state]({}, { locale }),
    tone: TONES[one.state],
    refused: one.state === ('refused' satisfies PortalState),
    tried:
      one.triedAt &&
      m.trace_portal_tried({ at: formatDateTime(one.triedAt, locale), tries: one.tries }, { locale }),
    said: waits && stopped ? m.trace_portal_stopped({}, { locale }) : (one.answer ?? one.reference),
  };
}

export const actions: Actions = {
  again: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'again', typed, (ctx) => tellPortalAgain(ctx, typed['id'] ?? ''));
    if (refused) return refused;
    redirect(303, url.pathname);
  },
};
