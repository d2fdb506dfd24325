/** The room's words for standards, irrigation and how a shape came about. */
import { m } from '#i18n/messages';
import { formatNumber, type Locale } from '#kernel/format';
import type { Irrigation, MadeBy } from './plot/plot.ts';
import type { PlotStandard, ReasonCode } from './plot/standard.ts';
import type { TestKind } from './test/test.ts';

type Words = (inputs: object, options: { locale: Locale }) => string;

const STANDARDS: Record<PlotStandard, Words> = {
  organic: m.farming_standard_organic,
  organic_conversion: m.farming_standard_conversion,
  vietgap: m.farming_standard_vietgap,
  none: m.farming_standard_none,
};
const REASONS: Record<ReasonCode, Words> = {
  certified: m.farming_reason_certified,
  in_conversion: m.farming_reason_in_conversion,
  not_certified: m.farming_reason_not_certified,
  certificate_ended: m.farming_reason_certificate_ended,
  not_in_scope: m.farming_reason_not_in_scope,
  no_membership: m.farming_reason_no_membership,
  no_holder: m.farming_reason_no_holder,
};
const WATER: Record<Irrigation, Words> = {
  rain: m.farming_water_rain,
  hand: m.farming_water_hand,
  hose: m.farming_water_hose,
  sprinkler: m.farming_water_sprinkler,
  drip: m.farming_water_drip,
};
const MADE: Record<MadeBy, Words> = {
  draw: m.farming_made_draw,
  walk: m.farming_made_walk,
  import: m.farming_made_import,
  typed: m.farming_made_typed,
  demo: m.farming_made_demo,
};

const TESTS: Record<TestKind, Words> = {
  soil: m.farming_test_soil,
  water: m.farming_test_water,
  leaf: m.farming_test_leaf,
};

export function testKindWords(kind: TestKind, locale: Locale): string {
  return TESTS[kind]({}, { locale });
}

export function standardWords(standard: PlotStandard, locale: Locale): string {
  return STANDARDS[standard]({}, { locale });
}

export function reasonWords(code: ReasonCode, locale: Locale): string {
  return REASONS[code]({}, { locale });
}

export function irrigationWords(irrigation: Irrigation, locale: Locale): string {
  return WATER[irrigation]({}, { locale });
}

export function madeByWords(madeBy: MadeBy, locale: Locale): string {
  return MADE[madeBy]({}, { locale });
}

/** `0,57 ha`; under a tenth of a hectare `640 m²`. */
export function areaWords(areaM2: number | null, locale: Locale): string {
  if (areaM2 !== null && areaM2 < 1_000) return `${formatNumber(areaM2, { locale })} m²`;
  return areaM2 === null ? formatNumber(null) : `${formatNumber(areaM2 / 10_000, { digits: 2, locale })} ha`;
}

/** `1.145,0 ha`. */
export function landWords(areaM2: number, locale: Locale): string {
  return `${formatNumber(areaM2 / 10_000, { digits: 1, locale })} ha`;
}
