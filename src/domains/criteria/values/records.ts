/** The lists behind the number of an indicator, page by page, as the reader may see them. */
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { formatDate } from '#kernel/format';
import { displayValue, type MeasurePart } from '#kernel/measures';
import { pageIn } from '#kernel/pager';
import { allow } from '#kernel/rights';
import type { BoardLine } from '../board.ts';
import { scopeOf, type Asked } from './live.ts';

const PER_PAGE = 20;
const PARTS: readonly MeasurePart[] = ['numerator', 'denominator'];

/**
 * Every measure of the line with one page of its records. @param query `list` names the measure whose page is turned,
 * `part` what of it, `page` which
 */
export async function recordsBehind(ctx: Ctx, line: BoardLine, asked: Asked, query: URLSearchParams) {
  allow(ctx, 'criteria.board.work');
  const measures = ctx.wiring.measures.filter(({ name }) => line.value.measures.includes(name));
  const lists = [];
  for (const measure of measures) {
    const question = { asOf: asked.asOf, scope: scopeOf(asked) };
    const computed = await measure.compute(ctx, question);
    const turned = query.get('list') === measure.name;
    const part = (turned && PARTS.find((one) => one === query.get('part'))) || 'numerator';
    const page = turned ? pageIn(query) : 1;
    const offset = (page - 1) * PER_PAGE;
    const { records, total } = await measure.list(ctx, question, part, { offset, limit: PER_PAGE });
    lists.push({
      name: measure.name,
      title: measure.title[ctx.locale],
      meaning: measure.meaning[ctx.locale],
      display: displayValue(measure.unit, computed, ctx.locale),
      parted: computed.denominator !== null,
      part,
      page,
      pages: Math.max(1, Math.ceil(total / PER_PAGE)),
      shown: { first: offset + 1, shown: records.length, total },
      rows: records.map(({ id, label, href, at }) => ({
        id,
        label,
        href: href && localizeHref(href),
        day: formatDate(at, ctx.locale),
      })),
    });
  }
  return lists;
}
export type ListBehind = Awaited<ReturnType<typeof recordsBehind>>[number];
