/** A book in words: the same rows for the paper and for the sheets. */
import { m } from '#i18n/messages';
import { formatDate, formatNumber, type Locale } from '#kernel/format';
import { marksOf, productWords, reasonWords } from '../diary/edge.ts';
import type { EntryKind, Grade } from '../diary/entry.ts';
import { amountUnitWords, doseUnitWords, gradeWords, kindWords } from '../diary/words.ts';
import type { DoseUnit } from '../input/dose.ts';
import { findProduct } from '../input/product.ts';
import type { AmountUnit } from '../input/stock.ts';
import { findChecklist } from '../inspection/checklist.ts';
import { cultivarWords } from '../plot/cultivar.ts';
import { areaWords, standardWords } from '../words.ts';
import type { Book, BookEntry } from './book.queries.ts';

type Cell = string;
/** A part of the book: its heading, its columns and rows. */
export type Part = { title: string; head: readonly Cell[]; rows: readonly (readonly Cell[])[] };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The parts of the book, in the order of TCVN 11892-1 records: land, what came in, what was done, what was picked. */
export function partsOf(book: Book, locale: Locale): Part[] {
  const of = (...kinds: EntryKind[]) => book.entries.filter(({ kind }) => kinds.includes(kind));
  return [
    plotsPart(book, locale),
    stockPart(book, locale),
    fertilisePart(of('fertilise'), locale),
    sprayPart(of('spray'), locale),
    workPart(of('irrigate', 'care', 'other'), locale),
    pickPart(of('pick'), locale),
    inspectionPart(book, locale),
  ];
}

function plotsPart({ plots }: Book, locale: Locale): Part {
  return {
    title: m.farming_book_plots({}, { locale }),
    head: heads(locale, 'plot', 'holder', 'area', 'cultivar', 'year', 'standard'),
    rows: plots.map((one) => [
      [one.code, one.name].filter(Boolean).join(' · '),
      one.holder ?? '',
      areaWords(one.areaM2, locale) ?? '',
      one.cultivar ? cultivarWords(one.cultivar, locale) : '',
      one.plantedYear === null ? '' : String(one.plantedYear),
      standardWords(one.standard, locale),
    ]),
  };
}

function stockPart({ stock }: Book, locale: Locale): Part {
  return {
    title: m.farming_book_stock({}, { locale }),
    head: heads(locale, 'bought', 'product', 'quantity', 'lot', 'expiry', 'supplier', 'holder'),
    rows: stock.map((one) => [
      formatDate(one.boughtOn, locale),
      productWords(one.productCode) ?? one.productCode,
      `${formatNumber(one.quantity, { digits: 1, locale })} ${amountUnitWords(one.unit, locale)}`,
      one.lot ?? '',
      one.expiry ? formatDate(one.expiry, locale) : '',
      one.supplier ?? '',
      one.holder ?? '',
    ]),
  };
}

/** Day, plots and whose they are. */
function beginning(entry: BookEntry, locale: Locale): Cell[] {
  const plots = entry.plots.map(({ code }) => code).join(', ');
  return [formatDate(entry.happenedOn, locale), plots, entry.holder ?? ''];
}

/** What stands beside an entry: late, back-dated, put right, by the technician; what the rules did not know. */
function remarks(entry: BookEntry, locale: Locale): Cell {
  const marks = marksOf(entry, locale).map(({ label }) => label);
  const unknown = entry.remarks.map((one) => reasonWords(one, locale));
  return [...marks, ...unknown, text(entry.details['note'])].filter(Boolean).join('; ');
}

function fertilisePart(entries: readonly BookEntry[], locale: Locale): Part {
  return {
    title: m.farming_book_fertilise({}, { locale }),
    head: heads(locale, 'day', 'plots', 'holder', 'product', 'amount', 'remarks'),
    rows: entries.map((entry) => [
      ...beginning(entry, locale),
      productOf(entry),
      `${formatNumber(Number(entry.details['amount']), { digits: 1, locale })} ${amountUnitWords(
        entry.details['unit'] as AmountUnit,
        locale,
      )}`,
      remarks(entry, locale),
    ]),
  };
}

function productOf({ details }: BookEntry): Cell {
  const code = details['product_code'];
  return (typeof code === 'string' ? productWords(code) : null) ?? text(details['name']);
}

function sprayPart(entries: readonly BookEntry[], locale: Locale): Part {
  const unknown = m.farming_book_unknown({}, { locale });
  return {
    title: m.farming_book_spray({}, { locale }),
    head: heads(
      locale,
      ...([
        'day',
        'plots',
        'holder',
        'pest',
        'product',
        'dose',
        'area',
        'water',
        'weather',
        'sprayer',
      ] as const),
      ...(['phi', 'harvest', 'containers', 'remarks'] as const),
    ),
    rows: entries.map((entry) => {
      const { details } = entry;
      const ingredients = findProduct(text(details['product_code']))?.ingredients ?? [];
      const water = details['water_l'];
      return [
        ...beginning(entry, locale),
        text(details['pest']),
        [productOf(entry), ingredients.length > 0 ? `(${ingredients.join(', ')})` : ''].join(' ').trim(),
        `${formatNumber(Number(details['dose']), { digits: 1, locale })} ${doseUnitWords(
          details['dose_unit'] as DoseUnit,
          locale,
        )}`,
        areaWords(Number(details['area_m2']), locale) ?? '',
        water == null ? '' : formatNumber(Number(water), { locale }),
        text(details['weather']),
        text(details['sprayer_name']),
        entry.phiDays === null ? unknown : String(entry.phiDays),
        entry.harvestFrom === null ? unknown : formatDate(entry.harvestFrom, locale),
        details['containers_returned'] === true ? m.farming_book_yes({}, { locale }) : '',
        remarks(entry, locale),
      ];
    }),
  };
}

function workPart(entries: readonly BookEntry[], locale: Locale): Part {
  return {
    title: m.farming_book_work({}, { locale }),
    head: heads(locale, 'day', 'plots', 'holder', 'kind', 'what', 'remarks'),
    rows: entries.map((entry) => [
      ...beginning(entry, locale),
      kindWords(entry.kind, locale),
      text(entry.details['what']),
      remarks(entry, locale),
    ]),
  };
}

function pickPart(entries: readonly BookEntry[], locale: Locale): Part {
  return {
    title: m.farming_book_pick({}, { locale }),
    head: heads(locale, 'day', 'plots', 'holder', 'grade', 'leaf', 'pickers', 'remarks'),
    rows: entries.map((entry) => [
      ...beginning(entry, locale),
      gradeWords(entry.details['grade'] as Grade, locale),
      formatNumber(Number(entry.details['leaf_g']) / 1_000, { digits: 1, locale }),
      entry.details['pickers'] == null ? '' : String(entry.details['pickers']),
      remarks(entry, locale),
    ]),
  };
}

function inspectionPart({ inspections }: Book, locale: Locale): Part {
  return {
    title: m.farming_book_inspections({}, { locale }),
    head: heads(locale, 'day', 'inspection', 'inspector', 'found', 'closed'),
    rows: inspections
      .toReversed()
      .map((one) => [
        formatDate(one.on, locale),
        findChecklist(one.checklist, { version: one.version })?.title[locale] ?? one.checklist,
        one.inspector,
        one.found.map(({ what }) => what).join('; '),
        one.found
          .flatMap(({ closed }) =>
            closed ? [`${formatDate(closed.on, locale)}: ${closed.note} (${closed.by})`] : [],
          )
          .join('; '),
      ]),
  };
}

const HEADS = {
  inspection: m.farming_inspection,
  inspector: m.farming_inspection_inspector,
  found: m.farming_book_found,
  closed: m.farming_book_closed,
  day: m.farming_fact_day,
  plot: m.farming_book_plot,
  plots: m.farming_fact_plots,
  holder: m.farming_book_holder,
  area: m.farming_book_area,
  cultivar: m.farming_book_cultivar,
  year: m.farming_book_year,
  standard: m.farming_book_standard,
  bought: m.farming_store_bought,
  product: m.farming_fact_product,
  quantity: m.farming_store_quantity,
  lot: m.farming_store_lot,
  expiry: m.farming_store_expiry,
  supplier: m.farming_store_supplier,
  amount: m.farming_fact_amount,
  pest: m.farming_fact_pest,
  dose: m.farming_fact_dose,
  water: m.farming_book_water,
  weather: m.farming_fact_weather,
  sprayer: m.farming_fact_sprayer,
  phi: m.farming_book_phi,
  harvest: m.farming_book_harvest,
  containers: m.farming_book_containers,
  kind: m.farming_diary_kind,
  what: m.farming_fact_what,
  grade: m.farming_fact_grade,
  leaf: m.farming_book_leaf,
  pickers: m.farming_fact_pickers,
  remarks: m.farming_book_remarks,
} as const;

function heads(locale: Locale, ...names: (keyof typeof HEADS)[]): Cell[] {
  return names.map((name) => HEADS[name]({}, { locale }));
}
