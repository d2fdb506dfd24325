import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { formatNumber, MISSING } from '#kernel/format';
import { addDays, localDateOf, quarterOf, quarterRange, type Quarter } from '#kernel/time';
import { namesOf } from '../../../figures/board.ts';
import { spanWords } from '../../../figures/figure-words.ts';
import { recordsAddress } from '../../../figures/question.ts';
import { qualityOf, quarterQuestion, type Quality } from '../../../rating/quality.queries.ts';
import { sumOf, type Component } from '../../../rating/groups.ts';
import { OFFICER_INDICES, type Score } from '../../../rating/score.ts';
import { INDICES, type Index } from '../../../rating/indices.ts';
import {
  componentWords,
  gradeWords,
  group766Words,
  indexWords,
  missingWords,
  unitWords,
} from '../../../rating/rating-words.ts';
import type { PageServerLoad } from './$types';

const PAGE = '/services/staff/figures';
const QUARTERS_BACK = 8;

export const load: PageServerLoad = ({ locals, url }) =>
  locals.run(async (ctx) => {
    const quarters = lastQuarters(ctx.now);
    const quarter = quarters.find((one) => nameOf(one) === url.searchParams.get('quarter')) ?? quarters[0]!;
    const quality = await qualityOf(ctx, quarterQuestion(ctx.now, quarter));
    const officerName = await namesOf(ctx, 'officer');
    const sum = sumOf(quality.components);
    const points = (value: number) => formatNumber(value, { digits: 1, locale: ctx.locale });
    return {
      quarter: nameOf(quarter),
      quarters: quarters.map((one) => ({
        name: nameOf(one),
        label: m.services_quality_quarter({ quarter: String(one.quarter), year: String(one.year) }),
      })),
      reports: [
        {
          label: m.services_quality_quarter({ quarter: String(quarter.quarter), year: String(quarter.year) }),
          period: nameOf(quarter),
        },
        { label: m.services_report_year({ year: String(quarter.year) }), period: String(quarter.year) },
      ],
      span: spanWords(quality.question, ctx.locale),
      desk: {
        line: scoreLine(ctx, 'desk', m.services_quality_desk(), quality.desk, INDICES),
        indices: INDICES.map((index) => ({
          index: String(index),
          name: indexWords(index),
          display: tenths(ctx, quality.desk.means[index]),
        })),
      },
      units: [...quality.units].map(([unit, score]) =>
        scoreLine(ctx, unit, unitWords(unit), score, OFFICER_INDICES),
      ),
      officers: [...quality.officers].map(([id, score]) =>
        scoreLine(ctx, id, officerName(id), score, OFFICER_INDICES),
      ),
      components: componentLines(ctx, quality),
      sum: { points: points(sum.points), known: String(sum.known), missing: String(sum.missing) },
      crumbs: [
        { href: localizeHref(PAGE), label: m.services_figures_staff_title() },
        { href: url.pathname + url.search, label: m.services_quality_title() },
      ],
    };
  });

function componentLines(ctx: Ctx, { components, question }: Quality) {
  const note = (one: Component) => {
    if (one.missing) return missingWords(one.missing);
    return one.notApplicable ? m.services_quality_not_for_communes() : '';
  };
  return components.map((one) => ({
    code: one.code,
    group: group766Words(one.group),
    name: componentWords(one.code),
    most: String(one.most),
    points: one.points === null ? null : formatNumber(one.points, { digits: 1, locale: ctx.locale }),
    why: note(one),
    href: one.measure ? localizeHref(recordsAddress(PAGE, one.measure, question)) : null,
  }));
}

function tenths(ctx: Ctx, value: number | null | undefined): string {
  if (value === null || value === undefined) return MISSING;
  return formatNumber(value / 10, { digits: 1, locale: ctx.locale });
}

function scoreLine(ctx: Ctx, key: string, label: string, score: Score<string>, indices: readonly Index[]) {
  const means = Object.fromEntries(indices.map((index) => [`i${index}`, tenths(ctx, score.means[index])]));
  return {
    key,
    label,
    dossiers: formatNumber(score.dossiers, { locale: ctx.locale }),
    slips: score.slips === null ? m.services_quality_under_five() : String(score.slips),
    total: tenths(ctx, score.total),
    grade: score.grade ? gradeWords(score.grade) : m.services_quality_no_grade(),
    ...means,
  } as Record<string, string> & { key: string; label: string };
}

const nameOf = ({ year, quarter }: Quarter): string => `${year}-${quarter}`;

function lastQuarters(now: Date): Quarter[] {
  const quarters = [quarterOf(localDateOf(now))];
  while (quarters.length < QUARTERS_BACK) {
    quarters.push(quarterOf(addDays(quarterRange(quarters.at(-1)!).first, -1)));
  }
  return quarters;
}
