/** The questions about an entry by its kind, and the answers as the verb takes them. */
import { m } from '#i18n/messages';
import { getLocale } from '#i18n/runtime';
import type { Question } from '#ui/form/short-form.ts';
import type { Locale } from '#kernel/format';
import { instantAt, localDateOf, millisOfDay, parseLocalDate } from '#kernel/time';
import { DOSE_UNITS } from '../input/dose.ts';
import { PRODUCTS } from '../input/product.ts';
import { typedNumber } from '../input/stock-form.ts';
import type { DiaryEntry } from './entries.queries.ts';
import { AMOUNT_UNITS, GRADES, type EntryKind } from './entry.ts';
import { amountUnitWords, doseUnitWords, gradeWords } from './words.ts';

type Option = { value: string; label: string };
type Typed = Readonly<Record<string, string>>;

type Asked = {
  plots: readonly Option[];
  now: Date;
  /** What a correction begins with. */
  known?: DiaryEntry;
  /** Lots of the holder's store. */
  stock?: readonly Option[];
};

export function entryQuestions(kind: EntryKind, { plots, now, known, stock = [] }: Asked): Question[] {
  const at = known?.happenedAt ?? now;
  const minutes = Math.floor(millisOfDay(at) / 60_000);
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const [only] = plots;
  const ticked = known ? known.plots.map(({ id }) => id) : plots.length === 1 && only ? [only.value] : [];
  return [
    { kind: 'several', name: 'plots', label: m.farming_ask_plots(), options: plots, value: ticked.join(',') },
    { kind: 'line', type: 'date', name: 'on', label: m.farming_ask_on(), value: localDateOf(at) },
    { kind: 'line', type: 'time', name: 'time', label: m.farming_ask_time(), value: time },
    ...questionsOf(kind, known?.details ?? {}, stock),
    {
      kind: 'text',
      name: 'note',
      label: m.farming_fact_note(),
      rows: 2,
      optional: true,
      value: textOf(known?.details['note']),
    },
  ];
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}

type Known = Readonly<Record<string, unknown>>;

function line(known: Known, name: string, label: string): Question {
  return { kind: 'line', name, label, value: textOf(known[name]) };
}

function number(label: string, name: string, value: unknown): Question {
  return { kind: 'line', size: 'short', name, label, value: textOf(value)?.replace('.', ',') ?? null };
}

function list(known: Known, name: string, label: string, options: Option[]): Question {
  return { kind: 'list', name, label, options, value: textOf(known[name]) };
}

function worded<T extends string>(
  values: readonly T[],
  words: (value: T, locale: Locale) => string,
): Option[] {
  return values.map((value) => ({ value, label: words(value, getLocale()) }));
}

function productQuestion(known: Known, kind: string): Question {
  const of = PRODUCTS.filter((one) => one.kind === kind);
  const options = of.map(({ code, name }) => ({ value: code, label: name }));
  return list(known, 'product_code', m.farming_fact_product(), options);
}

function questionsOf(kind: EntryKind, known: Known, stock: readonly Option[]): Question[] {
  switch (kind) {
    case 'pick':
      return [
        number(
          m.farming_ask_leaf(),
          'leaf_kg',
          known['leaf_g'] == null ? null : Number(known['leaf_g']) / 1_000,
        ),
        list(known, 'grade', m.farming_fact_grade(), worded(GRADES, gradeWords)),
        { ...number(m.farming_fact_pickers(), 'pickers', known['pickers']), optional: true },
      ];
    case 'spray':
      return sprayQuestions(known, stock);
    case 'fertilise':
      return [
        productQuestion(known, 'fertiliser'),
        number(m.farming_fact_amount(), 'amount', known['amount']),
        list(known, 'unit', m.farming_ask_unit(), worded(AMOUNT_UNITS, amountUnitWords)),
        ...stockQuestion(known, stock),
      ];
    default:
      return [line(known, 'what', m.farming_fact_what())];
  }
}

/** Asked only where there is something in store. */
function stockQuestion(known: Known, stock: readonly Option[]): Question[] {
  if (stock.length === 0) return [];
  return [{ ...list(known, 'stock_id', m.farming_ask_stock(), [...stock]), optional: true }];
}

function sprayQuestions(known: Known, stock: readonly Option[]): Question[] {
  return [
    productQuestion(known, 'pesticide'),
    ...stockQuestion(known, stock),
    line(known, 'pest', m.farming_fact_pest()),
    number(m.farming_fact_dose(), 'dose', known['dose']),
    list(
      { dose_unit: 'ml_per_sao', ...known },
      'dose_unit',
      m.farming_ask_unit(),
      worded(DOSE_UNITS, doseUnitWords),
    ),
    number(m.farming_ask_area(), 'area_m2', known['area_m2']),
    { ...line(known, 'weather', m.farming_fact_weather()), optional: true },
    { ...line(known, 'sprayer_name', m.farming_fact_sprayer()), optional: true },
    { ...number(m.farming_ask_water(), 'water_l', known['water_l']), optional: true },
    {
      kind: 'agree',
      name: 'containers_returned',
      label: m.farming_ask_containers(),
      value: known['containers_returned'] === true ? 'yes' : null,
    },
  ];
}

function detailsOf(kind: EntryKind, typed: Typed): Record<string, unknown> {
  const note = typed['note'] ?? '';
  switch (kind) {
    case 'pick': {
      const kg = typedNumber(typed['leaf_kg']);
      const leaf_g = kg === null ? null : Math.round(kg * 1_000);
      return { leaf_g, grade: typed['grade'], pickers: typedNumber(typed['pickers']), note };
    }
    case 'spray': {
      const { product_code, pest, dose_unit, weather = '', sprayer_name = '' } = typed;
      const numbers = {
        dose: typedNumber(typed['dose']),
        area_m2: typedNumber(typed['area_m2']),
        water_l: typedNumber(typed['water_l']),
      };
      const containers_returned = typed['containers_returned'] === 'yes' ? true : null;
      const stock_id = typed['stock_id'] ?? '';
      const words = { product_code, stock_id, pest, dose_unit, weather, sprayer_name };
      return { ...words, ...numbers, containers_returned, note };
    }
    case 'fertilise': {
      const { product_code, unit } = typed;
      const stock_id = typed['stock_id'] ?? '';
      return { product_code, stock_id, unit, amount: typedNumber(typed['amount']), note };
    }
    default:
      return { what: typed['what'] ?? '', note };
  }
}

/** What a form asks to be written; `plots` are joined by commas. */
export function entryInput(
  kind: EntryKind,
  typed: Typed,
  { householdId, producerId, now }: { householdId: string | null; producerId: string | null; now: Date },
): Record<string, unknown> {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(typed['time'] ?? '') ?? [];
  const day = parseLocalDate(typed['on'] ?? '');
  const at = day && instantAt(day, Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  return {
    id: typed['id'],
    kind,
    happened_at: at?.toISOString() ?? '',
    recorded_at: now.toISOString(),
    household_id: householdId,
    producer_id: producerId,
    plot_ids: (typed['plots'] ?? '').split(',').filter((one) => one !== ''),
    details: detailsOf(kind, typed),
  };
}

/** Where the form asks for what an entry calls otherwise. */
export const FIELD_OF: Readonly<Record<string, string>> = {
  plot_ids: 'plots',
  happened_at: 'on',
  'details.leaf_g': 'leaf_kg',
};
