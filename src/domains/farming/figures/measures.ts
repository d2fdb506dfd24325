/** The measures of this room: the number is the count of the list of plots, or what they measure together. */
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { formatNumber } from '#kernel/format';
import type { Measure, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow, hamletsWhere } from '#kernel/rights';
import { localDate, startOfDay } from '#kernel/time';
import { readLines, sums, type Narrow } from '../plot/lines.queries.ts';
import type { PlotLine } from '../plot/plot.ts';
import type { PlotStandard } from '../plot/standard.ts';
import { readStandards } from '../plot/standard.queries.ts';

type Spec = Pick<Measure, 'name' | 'title' | 'meaning'> & {
  unit: 'count' | 'hectares';
  /** Only plots of this standard on the day. */
  standard?: PlotStandard;
};

const M2_PER_HECTARE = 10_000;

/** @throws AppError `measures.unknown_scope` */
async function filterOf(ctx: Ctx, { asOf, scope }: MeasureQuestion, { standard }: Spec): Promise<Narrow> {
  const hamletId = /^hamlet:(.+)$/.exec(scope)?.[1];
  if (scope !== 'commune' && hamletId === undefined) throw new AppError('measures.unknown_scope', 422);
  const on = localDate(asOf);
  const standards = standard ? await readStandards(ctx, 'all', on) : null;
  const ids = standards && [...standards].flatMap(([id, found]) => (found.standard === standard ? [id] : []));
  return { on, newestFirst: true, ...(hamletId !== undefined && { hamletId }), ...(ids && { ids }) };
}

function measure(spec: Spec): Measure {
  const { name, title, meaning, unit } = spec;
  return {
    name,
    title,
    meaning,
    unit,
    scopes: ['commune', 'hamlet'],
    audience: 'public',
    compute: async (ctx, question) => {
      allow(ctx, 'farming.figures.see');
      const { total, area } = await sums(ctx, await filterOf(ctx, question, spec));
      return {
        numerator: total,
        denominator: null,
        value: unit === 'count' ? total : area / M2_PER_HECTARE,
      };
    },
    list: async (ctx, question, _part, page) => {
      allow(ctx, 'farming.figures.see');
      const filter = await filterOf(ctx, question, spec);
      const { total } = await sums(ctx, filter);
      return {
        total,
        records: await recordsOf(ctx, await readLines(ctx, { ...filter, ...page }), page.offset),
      };
    },
  };
}

/** Officials see the plots of their hamlets with code and link, everybody else where, how large and since when. */
export async function recordsOf(
  ctx: Ctx,
  lines: readonly PlotLine[],
  offset: number,
): Promise<MeasureRecord[]> {
  const open = hamletsWhere(ctx, 'farming.plot.list');
  const names = new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
  return lines.map((line, at): MeasureRecord => {
    const mine = open === 'all' || open.includes(line.hamletId);
    const hamlet = names.get(line.hamletId) ?? '';
    return {
      id: mine ? line.id : String(offset + at + 1),
      at: startOfDay(line.from),
      label: mine ? [line.code, line.name].filter(Boolean).join(' · ') : hamlet,
      href: mine ? `/farming/staff/${line.id}` : null,
      columns: { hamlet, area_m2: formatNumber(line.areaM2, { locale: ctx.locale }) },
    };
  });
}

/** Every measure of plots and their land. */
export const MEASURES: readonly Measure[] = [
  measure({
    name: 'farming.plots',
    title: { vi: 'Thửa chè', en: 'Tea plots' },
    meaning: {
      vi: 'Số thửa chè trong sổ còn trồng đến hết ngày.',
      en: 'Tea plots of the register on which tea stood at the end of the day.',
    },
    unit: 'count',
  }),
  measure({
    name: 'farming.tea_area',
    title: { vi: 'Diện tích chè', en: 'Land under tea' },
    meaning: {
      vi: 'Tổng diện tích các thửa chè trong sổ, theo hình thửa có hiệu lực ngày đó (diện tích trên ê-líp-xô-ít WGS 84).',
      en: 'The plots of the register together, by the shapes that held that day (area on the WGS 84 ellipsoid).',
    },
    unit: 'hectares',
  }),
  measure({
    name: 'farming.area_vietgap',
    title: { vi: 'Diện tích chè VietGAP', en: 'Tea land under VietGAP' },
    meaning: {
      vi: 'Diện tích các thửa mà ngày đó người trồng thuộc cơ sở áp dụng VietGAP, có giấy chứng nhận còn hiệu lực và bao gồm thửa đó.',
      en: 'Plots whose holder that day belonged to a producer working by VietGAP, with a certificate that held and covered the plot.',
    },
    unit: 'hectares',
    standard: 'vietgap',
  }),
  measure({
    name: 'farming.area_organic',
    title: { vi: 'Diện tích chè hữu cơ', en: 'Organic tea land' },
    meaning: {
      vi: 'Diện tích các thửa mà ngày đó có chứng nhận hữu cơ còn hiệu lực; thửa đang chuyển đổi không tính.',
      en: 'Plots under an organic certificate that held that day; land in conversion does not count.',
    },
    unit: 'hectares',
    standard: 'organic',
  }),
];
