import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { makeReport } from '../../report/report.actions.ts';
import { listReports } from '../../report/report.queries.ts';
import type { ReportKind } from '../../report/period.ts';
import { reportState, reportTitle } from '../../report/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** The reports, the newest first, and the form that makes one. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => ({
    rows: (await listReports(ctx)).map((one) => ({
      id: one.id,
      href: localizeHref(`/criteria/staff/reports/${one.id}`),
      title: reportTitle(one, ctx.locale),
      days: `${formatDate(one.first, ctx.locale)} – ${formatDate(one.last, ctx.locale)}`,
      state: reportState(one.acts, ctx.locale),
    })),
    mayMake: may(ctx, 'criteria.report.make'),
    crumbs: [
      { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
      { href: url.pathname, label: m.criteria_reports({}, ctx) },
    ],
  }));

export const actions: Actions = {
  make: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const { day = '' } = typed;
    let id = '';
    const refused = await attempt(locals, 'make', typed, async (ctx) => {
      id = await makeReport(ctx, { kind: typed.kind as ReportKind, day });
    });
    if (refused) return refused;
    redirect(303, localizeHref(`/criteria/staff/reports/${id}`));
  },
};
