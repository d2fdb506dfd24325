import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt } from '#app/attempt';
import type { Ctx, Locale } from '#kernel/context';
import { formatDate, formatDateTime, formatMoney } from '#kernel/format';
import { displayValue } from '#kernel/measures';
import { may } from '#kernel/rights';
import { readReport, type ReportBody } from '../../../report/body.ts';
import { digestOf, sendReport, signReport } from '../../../report/report.actions.ts';
import { getReport } from '../../../report/report.queries.ts';
import { actWords, reportState, reportTitle } from '../../../report/words.ts';
import { boardView } from '../../../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** One report as it was frozen: figures with the way to their records, what is late, money; who signed, where it went. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { locale } = ctx;
    const report = await getReport(ctx, params.id);
    const body = readReport(report.body);
    const signed = report.acts.some(({ act }) => act === 'signed');
    return {
      title: reportTitle(report, locale),
      days: `${formatDate(report.first, locale)} – ${formatDate(report.last, locale)}`,
      digest: report.digest,
      intact: digestOf(report.body) === report.digest,
      state: reportState(report.acts, locale),
      totals: boardView(body.board, locale, true).totals,
      ...bodyView(body, locale),
      acts: report.acts.map(({ act, name, note, at }, nth) => ({
        id: String(nth),
        what: actWords(act, locale),
        who: [name, note].filter(Boolean).join(', '),
        at: formatDateTime(at, locale),
      })),
      ...doable(ctx, signed),
      files: {
        pdf: `${url.pathname}/report.pdf`,
        xlsx: `${url.pathname}/report.xlsx`,
        json: `${url.pathname}/report.json`,
      },
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: localizeHref('/criteria/staff/reports'), label: m.criteria_reports({}, ctx) },
        { href: url.pathname, label: reportTitle(report, locale) },
      ],
    };
  });

function bodyView(body: ReportBody, locale: Locale) {
  const asked = new URLSearchParams({ set: body.board.set.code });
  return {
    figures: body.figures.map((one) => ({
      name: one.name,
      title: one.title[locale],
      before: displayValue(one.unit, one.before, locale),
      now: displayValue(one.unit, one.now, locale),
      href: one.records,
    })),
    late: body.late.map((one) => ({
      code: one.code,
      text: one.text,
      official: one.official ?? m.criteria_nobody({}, { locale }),
      since: formatDate(one.since, locale),
      href: localizeHref(`/criteria/staff/${one.code}/plan?${asked}`),
    })),
    money: body.money.map((one) => ({
      code: one.code,
      title: one.title,
      planned: formatMoney(BigInt(one.planned), locale),
      received: formatMoney(BigInt(one.received), locale),
      spent: formatMoney(BigInt(one.spent), locale),
    })),
  };
}

function doable(ctx: Ctx, signed: boolean) {
  return {
    maySign: !signed && may(ctx, 'criteria.report.sign'),
    maySend: signed && may(ctx, 'criteria.report.send'),
    mayTake: may(ctx, 'criteria.report.take'),
  };
}

function act(form: string, work: (ctx: Ctx, id: string) => Promise<unknown>): Actions[string] {
  return async ({ locals, params, url }) => {
    const refused = await attempt(locals, form, {}, (ctx) => work(ctx, params.id!));
    if (refused) return refused;
    redirect(303, url.pathname);
  };
}

export const actions: Actions = { sign: act('sign', signReport), send: act('send', sendReport) };
