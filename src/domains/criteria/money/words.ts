/** The ledger in words. */
import { m } from '#i18n/messages';
import { formatMoney, formatNumber, type Locale } from '#kernel/format';
import type { Form, FundKind, givenInKind, Step, Sums } from './ledger.ts';

const FORM_WORDS: Record<Form, typeof m.criteria_form_money> = {
  money: m.criteria_form_money,
  labour: m.criteria_form_labour,
  land: m.criteria_form_land,
  material: m.criteria_form_material,
};
const STEP_WORDS: Record<Step, typeof m.criteria_step_promised> = {
  promised: m.criteria_step_promised,
  received: m.criteria_step_received,
  spent: m.criteria_step_spent,
};
const KIND_WORDS: Record<FundKind, typeof m.criteria_money_state> = {
  state: m.criteria_money_state,
  other: m.criteria_money_other,
  people: m.criteria_money_people,
};

export function formWords(form: Form, locale: Locale): string {
  return FORM_WORDS[form]({}, { locale });
}

export function stepWords(step: Step, locale: Locale): string {
  return STEP_WORDS[step]({}, { locale });
}

export function fundKindWords(kind: FundKind, locale: Locale): string {
  return KIND_WORDS[kind]({}, { locale });
}

/** An amount of the ledger: money, or days and square metres with their worth. */
export function entryWords(
  { form, amount, quantity }: { form: Form; amount: bigint; quantity: number | null },
  locale: Locale,
): string {
  const money = formatMoney(amount, locale);
  if (quantity === null) return money;
  const digits = Number.isInteger(quantity) ? 0 : 2;
  const given = { quantity: formatNumber(quantity, { digits, locale }), money };
  return form === 'labour'
    ? m.criteria_given_labour(given, { locale })
    : m.criteria_given_land(given, { locale });
}

/** Promised, received and spent, each in words. */
export function sumWords({ promised, received, spent }: Sums, locale: Locale) {
  return {
    promised: formatMoney(promised, locale),
    received: formatMoney(received, locale),
    spent: formatMoney(spent, locale),
  };
}

/** "120 ngày công, 300 m² đất, vật liệu trị giá …"; null where nothing was given in kind. */
export function inKindWords(
  { labourDays, landM2, materials }: ReturnType<typeof givenInKind>,
  locale: Locale,
): string | null {
  const amount = (value: number) => formatNumber(value, { digits: Number.isInteger(value) ? 0 : 2, locale });
  const parts = [
    ...(labourDays > 0 ? [m.criteria_kind_labour({ days: amount(labourDays) }, { locale })] : []),
    ...(landM2 > 0 ? [m.criteria_kind_land({ area: amount(landM2) }, { locale })] : []),
    ...(materials > 0n
      ? [m.criteria_kind_material({ money: formatMoney(materials, locale) }, { locale })]
      : []),
  ];
  return parts.length > 0 ? parts.join(', ') : null;
}
