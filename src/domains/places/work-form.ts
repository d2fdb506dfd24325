/** The questions about works, inspections and money, and the answers as the verbs take them. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';
import type { NewMoney } from './money.actions.ts';
import type { NewInspection, NewWork } from './work.actions.ts';
import { CONDITIONS, FORMS, SOURCES, SURFACES, WORK_KINDS, type Work, type WorkKind } from './work.ts';
import { CONDITION_WORDS, FORM_WORDS, KIND_WORDS, SOURCE_WORDS, SURFACE_WORDS } from './words.ts';

type Option = { value: string; label: string };
type Typed = Readonly<Record<string, string>>;

function options<T extends string>(values: readonly T[], words: Record<T, () => string>): Option[] {
  return values.map((value) => ({ value, label: words[value]() }));
}

/** What can be changed of a work. @param known the work as it is; none for a new one */
export function changeQuestions(hamlets: readonly Option[], known?: Work): Question[] {
  const { point } = known ?? {};
  return [
    { kind: 'line', name: 'name', label: m.places_work_name(), value: known?.name },
    {
      kind: 'list',
      name: 'hamletId',
      label: m.places_hamlet(),
      options: hamlets,
      optional: true,
      value: known?.hamletId,
    },
    {
      kind: 'line',
      name: 'place',
      label: m.places_place(),
      help: m.places_place_help(),
      optional: true,
      value: point && `${point.lat.toFixed(6)}, ${point.lng.toFixed(6)}`,
    },
  ];
}

export function workQuestions(hamlets: readonly Option[]): Question[] {
  return [
    { kind: 'list', name: 'kind', label: m.places_work_kind(), options: options(WORK_KINDS, KIND_WORDS) },
    ...changeQuestions(hamlets),
    { kind: 'line', type: 'date', name: 'inUseFrom', label: m.places_in_use_from() },
  ];
}

export function workInput({ kind, name = '', hamletId, place, inUseFrom = '' }: Typed): NewWork {
  return { kind: kind as WorkKind, name, hamletId, place, inUseFrom };
}

/** Which earlier row was entered wrongly, where there is one that still counts. */
function replacesQuestion(rows: readonly Option[]): Question[] {
  if (rows.length === 0) return [];
  return [
    {
      kind: 'list',
      name: 'replaces',
      label: m.places_replaces(),
      help: m.places_replaces_help(),
      options: rows,
      optional: true,
    },
  ];
}

/** @param before inspections that still count */
export function inspectionQuestions(kind: WorkKind, before: readonly Option[]): Question[] {
  const road: Question[] = [
    { kind: 'line', name: 'lengthM', label: m.places_length_m(), size: 'short' },
    { kind: 'line', name: 'hardenedM', label: m.places_hardened_m(), size: 'short' },
    {
      kind: 'list',
      name: 'surface',
      label: m.places_surface(),
      options: options(SURFACES, SURFACE_WORDS),
      optional: true,
    },
  ];
  const wifi: Question = { kind: 'agree', name: 'wifi', label: m.places_wifi_ask() };
  return [
    { kind: 'line', type: 'date', name: 'onDay', label: m.places_inspect_day() },
    {
      kind: 'one',
      name: 'condition',
      label: m.places_condition(),
      options: options(CONDITIONS, CONDITION_WORDS),
    },
    { kind: 'agree', name: 'atStandard', label: m.places_at_standard_ask() },
    ...(kind === 'road' ? road : []),
    ...(kind === 'hall' || kind === 'school' ? [wifi] : []),
    { kind: 'text', name: 'note', label: m.places_note(), rows: 2, optional: true },
    ...replacesQuestion(before),
  ];
}

export function inspectionInput(typed: Typed): NewInspection {
  return {
    onDay: typed.onDay ?? '',
    condition: typed.condition as NewInspection['condition'],
    atStandard: typed.atStandard === 'yes',
    lengthM: whole(typed.lengthM),
    hardenedM: whole(typed.hardenedM),
    surface: (typed.surface || null) as NewInspection['surface'],
    wifi: typed.wifi === 'yes',
    note: typed.note,
    replaces: typed.replaces,
  };
}

/** @param before rows that still count */
export function moneyQuestions(before: readonly Option[]): Question[] {
  const kinds = { cost: m.places_money_cost, contribution: m.places_money_contribution };
  return [
    {
      kind: 'one',
      name: 'kind',
      label: m.places_money_kind(),
      options: options(['cost', 'contribution'], kinds),
    },
    { kind: 'line', type: 'date', name: 'onDay', label: m.places_money_day() },
    { kind: 'line', name: 'what', label: m.places_money_what(), help: m.places_money_what_help() },
    { kind: 'list', name: 'source', label: m.places_money_source(), options: options(SOURCES, SOURCE_WORDS) },
    { kind: 'list', name: 'form', label: m.places_money_form(), options: options(FORMS, FORM_WORDS) },
    { kind: 'line', name: 'quantity', label: m.places_money_quantity(), size: 'short', optional: true },
    { kind: 'line', name: 'amount', label: m.places_money_amount(), size: 'middle' },
    ...replacesQuestion(before),
  ];
}

export function moneyInput(typed: Typed): NewMoney {
  const amount = (typed.amount ?? '').replaceAll(/[\s.]/g, '');
  return {
    kind: typed.kind as NewMoney['kind'],
    onDay: typed.onDay ?? '',
    what: typed.what ?? '',
    source: typed.source as NewMoney['source'],
    form: typed.form as NewMoney['form'],
    quantity: whole(typed.quantity),
    amount: /^\d{1,14}$/.test(amount) ? BigInt(amount) : -1n,
    replaces: typed.replaces,
  };
}

/** A whole number as people write it; what is none is refused by the verb. */
function whole(text: string | undefined): number | null {
  const bare = (text ?? '').replaceAll(/[\s.]/g, '');
  if (bare === '') return null;
  return /^\d{1,9}$/.test(bare) ? Number(bare) : -1;
}
