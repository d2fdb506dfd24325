/** A plot as its page shows it: everything worded. */
import { m } from '#i18n/messages';
import { formatDate, formatNumber, type Locale } from '#kernel/format';
import type { Span } from '#kernel/span';
import { dayQuestion, describedQuestions, householdQuestion, plantingQuestions } from '../../plot-form.ts';
import { cultivarWords } from '../../plot/cultivar.ts';
import { boxOf, pointInside, type Geometry } from '../../plot/geometry.ts';
import { frameOf, pathOf } from '../../plot/map.ts';
import type { Plot, PlotShape } from '../../plot/plot.ts';
import type { StandardOnDay } from '../../plot/standard.ts';
import type { LabTest } from '../../test/test.ts';
import { testQuestions } from '../../test/test-form.ts';
import {
  areaWords,
  irrigationWords,
  madeByWords,
  reasonWords,
  standardWords,
  testKindWords,
} from '../../words.ts';

type Near = { code: string; geometry: Geometry };
type Found = {
  plot: Plot;
  heads: ReadonlyMap<string, string>;
  standard: StandardOnDay;
  overlaps: readonly { id: string; code: string; hamletId: string }[];
  /** Hamlets whose plots the reader may open. */
  open: ReadonlySet<string>;
  around: readonly Near[];
  areas: ReadonlyMap<string, string>;
  tests: readonly LabTest[];
};

const WIDTH = 480;

export function plotView(found: Found, locale: Locale) {
  const { plot, heads, standard, overlaps, open, around, areas, tests } = found;
  const [shape = null] = plot.shapes;
  const [holder] = plot.holders;
  const area = plot.areas.find(({ last }) => last === null);
  const [planting] = plot.plantings;
  const nameOf = (id: string | null) => (id && heads.get(id)) ?? m.farming_none({}, { locale });
  return {
    plot: { id: plot.id, code: plot.code, name: plot.name, demo: plot.demo, hamletId: plot.hamletId },
    ended: plot.last && formatDate(plot.last, locale),
    standard: standard.standard,
    standardWords: standardWords(standard.standard, locale),
    reasons: [...new Set(standard.reasons.map(({ code }) => reasonWords(code, locale)))],
    facts: [
      fact(
        m.farming_area_size,
        shape && `${areaWords(shape.areaM2, locale)} (${formatNumber(shape.areaM2, { locale })} m²)`,
      ),
      fact(m.farming_holder, holder?.last === null ? nameOf(holder.householdId) : null),
      fact(m.farming_area, area ? (areas.get(area.areaId) ?? null) : null),
      fact(
        m.farming_cultivar,
        planting &&
          [cultivarWords(planting.cultivar, locale), planting.plantedYear].filter(Boolean).join(', '),
      ),
      fact(m.farming_slope, plot.slopeDeg === null ? null : `${plot.slopeDeg}°`),
      fact(m.farming_water, plot.irrigation && irrigationWords(plot.irrigation, locale)),
      fact(m.farming_middle, shape && placeOf(shape)),
    ],
    overlaps: overlaps.map(({ id, code, hamletId }) => ({ code, id: open.has(hamletId) ? id : null })),
    map: shape && drawn(plot.code, shape, around),
    holders: plot.holders.map((one) => ({ who: nameOf(one.householdId), days: daysOf(one, locale) })),
    tests: tests.map((one) => testLine(one, locale)),
    shapes: plot.shapes.map((one) => shapeLine(one, locale)),
  };

  function fact(
    label: (inputs: object, options: { locale: Locale }) => string,
    value: string | null | undefined,
  ) {
    return { label: label({}, { locale }), value: value ?? null };
  }
}

function placeOf({ geometry }: PlotShape): string {
  const [x, y] = pointInside(geometry);
  return `${y.toFixed(6)}, ${x.toFixed(6)}`;
}

function daysOf({ from, last }: Span, locale: Locale): string {
  return last === null
    ? m.farming_days_on({ from: formatDate(from, locale) }, { locale })
    : m.farming_days_until({ from: formatDate(from, locale), last: formatDate(last, locale) }, { locale });
}

function shapeLine(shape: PlotShape, locale: Locale) {
  const accuracy =
    shape.accuracyM === null ? '' : ` ± ${formatNumber(shape.accuracyM, { digits: 1, locale })} m`;
  return {
    version: shape.version,
    from: formatDate(shape.validFrom, locale),
    area: areaWords(shape.areaM2, locale),
    made: `${madeByWords(shape.madeBy, locale)}${accuracy}`,
    source:
      shape.source &&
      [shape.source.name, shape.source.row && `#${shape.source.row}`].filter(Boolean).join(' '),
  };
}

function testLine(test: LabTest, locale: Locale) {
  const { id, kind, sampledOn, laboratory, number, passed, validTo, values, file } = test;
  const until = validTo && m.farming_test_until({ date: formatDate(validTo, locale) }, { locale });
  return {
    id,
    on: formatDate(sampledOn, locale),
    words: [testKindWords(kind, locale), laboratory, number, until].filter(Boolean).join(', '),
    values: values.map(({ what, value, unit, limit }) =>
      [`${what}: ${value}`, unit, limit && `(${m.farming_test_limit({ limit }, { locale })})`]
        .filter(Boolean)
        .join(' '),
    ),
    passed,
    file: file !== null,
  };
}

/** The plot among its neighbours. */
function drawn(code: string, { geometry }: PlotShape, around: readonly Near[]) {
  const box = boxOf(geometry);
  const by = Math.max(0.000_5, (box.east - box.west) / 2);
  const frame = frameOf(
    { west: box.west - by, south: box.south - by, east: box.east + by, north: box.north + by },
    WIDTH,
  );
  const mark = (one: Near) => {
    const [x, y] = frame.at(pointInside(one.geometry)).map(Math.round) as [number, number];
    return { code: one.code, path: pathOf(one.geometry, frame), x, y };
  };
  return {
    width: frame.width,
    height: frame.height,
    own: mark({ code, geometry }),
    around: around.map(mark),
  };
}

/** The questions of the page's forms. */
export function formsOf(plot: Plot, locale: Locale) {
  return {
    version: String(plot.version),
    change: describedQuestions(plot),
    hand: [householdQuestion(), dayQuestion('from', m.farming_from({}, { locale }))],
    plant: [...plantingQuestions(), dayQuestion('from', m.farming_from({}, { locale }))],
    test: testQuestions(),
    end: [dayQuestion('lastDay', m.farming_last_day({}, { locale }))],
  };
}
