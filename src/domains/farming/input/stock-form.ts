/** The questions about inputs that were bought, and the answers as the verb takes them. */
import { m } from '#i18n/messages';
import { getLocale } from '#i18n/runtime';
import { localDateOf } from '#kernel/time';
import type { Question } from '#ui/form/short-form.ts';
import { AMOUNT_UNITS } from '../diary/entry.ts';
import type { Holder } from '../diary/writer.queries.ts';
import { amountUnitWords } from '../diary/words.ts';
import { PRODUCTS } from './product.ts';
import type { NewStock } from './stock.actions.ts';

export function stockQuestions(now: Date): Question[] {
  const products = PRODUCTS.map(({ code, name }) => ({ value: code, label: name }));
  const units = AMOUNT_UNITS.map((unit) => ({ value: unit, label: amountUnitWords(unit, getLocale()) }));
  return [
    { kind: 'list', name: 'productCode', label: m.farming_fact_product(), options: products },
    { kind: 'line', name: 'lot', label: m.farming_store_lot(), size: 'middle', optional: true },
    {
      kind: 'line',
      type: 'date',
      name: 'boughtOn',
      label: m.farming_store_bought(),
      value: localDateOf(now),
    },
    { kind: 'line', name: 'quantity', label: m.farming_store_quantity(), size: 'short' },
    { kind: 'list', name: 'unit', label: m.farming_ask_unit(), options: units },
    { kind: 'line', name: 'supplier', label: m.farming_store_supplier(), optional: true },
    { kind: 'line', type: 'date', name: 'expiry', label: m.farming_store_expiry(), optional: true },
  ];
}

/** A number as it is typed here, `12,5`; null where nothing was typed. */
export function typedNumber(typed: string | undefined): number | null {
  return typed === undefined || typed.trim() === '' ? null : Number(typed.trim().replace(',', '.'));
}

export function stockInput(
  typed: Readonly<Record<string, string>>,
  { householdId, producerId }: Holder,
): NewStock {
  return {
    id: typed['id'],
    householdId,
    producerId,
    productCode: typed['productCode'] ?? '',
    lot: typed['lot'],
    boughtOn: typed['boughtOn'] ?? '',
    quantity: typedNumber(typed['quantity']) ?? Number.NaN,
    unit: (typed['unit'] ?? '') as NewStock['unit'],
    supplier: typed['supplier'],
    expiry: typed['expiry'],
  };
}
