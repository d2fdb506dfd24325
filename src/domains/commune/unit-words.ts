/** Administrative units in the reader's words. */
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import { formatDate, formatNumber, type Locale } from '#kernel/format';
import type { LocalDate } from '#kernel/time';
import {
  unitExistsOn,
  type CatalogueUnit,
  type Counted,
  type FigureOf,
  type UnitKind,
} from './unit-catalogue.ts';
import type { UnitDetail } from './unit-catalogue.queries.ts';

const KINDS: Record<UnitKind, (locale: Locale) => string> = {
  province: (locale) => m.commune_unit_kind_province({}, { locale }),
  district: (locale) => m.commune_unit_kind_district({}, { locale }),
  commune: (locale) => m.commune_unit_kind_commune({}, { locale }),
};

const WHAT: Record<FigureOf, (locale: Locale) => string> = {
  area: (locale) => m.commune_figure_area({}, { locale }),
  population: (locale) => m.commune_figure_population({}, { locale }),
  hamlets: (locale) => m.commune_figure_hamlets({}, { locale }),
  tea: (locale) => m.commune_figure_tea({}, { locale }),
};

/** `83,53 km²`, `38.253 người`. */
function valueWords(what: FigureOf, value: number, locale: Locale): string {
  const text = (digits: number) => formatNumber(value, { digits, locale });
  if (what === 'area') return `${text(2)} km²`;
  if (what === 'tea') return `${text(1)} ha`;
  return text(0);
}

/** From when to when, as people say it. */
export function validityWords(unit: Pick<CatalogueUnit, 'validFrom' | 'validTo'>, locale: Locale): string {
  const from = unit.validFrom && formatDate(unit.validFrom, locale);
  const to = unit.validTo && formatDate(unit.validTo, locale);
  if (from && to) return m.commune_unit_from_to({ from, to }, { locale });
  if (from) return m.commune_unit_since({ from }, { locale });
  if (to) return m.commune_unit_until({ to }, { locale });
  return m.commune_unit_always({}, { locale });
}

/** One unit as a line of a list. */
export function unitLine(unit: CatalogueUnit, today: LocalDate, locale: Locale) {
  return {
    id: unit.id,
    name: unit.name,
    code: unit.code,
    kind: KINDS[unit.kind](locale),
    when: validityWords(unit, locale),
    exists: unitExistsOn(unit, today),
    verified: unit.verified,
  };
}

export type UnitLine = ReturnType<typeof unitLine>;

function figureView({ what, values, disagree }: Counted, locale: Locale) {
  return {
    what: WHAT[what](locale),
    disagree,
    values: values.map((figure) => ({
      value: valueWords(what, figure.value, locale),
      day: formatDate(figure.day, locale),
      source: figure.source,
      verified: figure.verified,
    })),
  };
}

/** Everything that the page of one unit shows. */
export function unitPage(detail: UnitDetail, today: LocalDate, locale: Locale) {
  const { unit, partOf } = detail;
  const line = (one: CatalogueUnit) => unitLine(one, today, locale);
  return {
    unit: { ...line(unit), source: unit.source, note: unit.note ? inLocale(unit.note, locale) : null },
    partOf: partOf && line(partOf),
    predecessors: detail.predecessors.map(line),
    successors: detail.successors.map(line),
    figures: detail.figures.map((one) => figureView(one, locale)),
    on: { iso: detail.on, words: formatDate(detail.on, locale) },
  };
}
