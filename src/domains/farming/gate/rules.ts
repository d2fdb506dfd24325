/**
 * What may be sprayed or spread on a plot: small rules, each with a source of its own and one of three answers. Pure.
 */
import { yearOf, type LocalDate } from '#kernel/time';
import type { ErrorParams } from '#kernel/errors';
import { exceeds, type DoseUnit } from '../input/dose.ts';
import { banOn, teaUse, type Product } from '../input/product.ts';
import type { PlotStandard } from '../plot/standard.ts';

export type Verdict = 'allowed' | 'forbidden' | 'unknown';
export type Answer = { verdict: Verdict; code: string; params: ErrorParams };

/** What the rules look at. */
export type Application = {
  day: LocalDate;
  product: Product | undefined;
  productCode: string;
  dose: { amount: number; unit: DoseUnit } | null;
  /** The pre-harvest interval that counts: of the label or the register, whichever is longer; null: not known. */
  phiDays: number | null;
  /** Days on which the same product was applied to each of the plots. */
  earlier: readonly (readonly LocalDate[])[];
  /** Of each plot on that day. */
  standards: readonly PlotStandard[];
  stock: { expiry: LocalDate | null } | null;
};

export type Rule = { name: string; source: string; judge: (application: Application) => Answer };

/** TT 21/2015/TT-BNNPTNT art. 6.3đ. */
export const LONGEST_CHEMICAL_PHI = 7;

const allowed: Answer = { verdict: 'allowed', code: '', params: {} };
const forbidden = (code: string, params: ErrorParams = {}): Answer => ({
  verdict: 'forbidden',
  code: `farming.gate.${code}`,
  params,
});
const unknown = (code: string, params: ErrorParams = {}): Answer => ({
  verdict: 'unknown',
  code: `farming.gate.${code}`,
  params,
});

function registered({ product, productCode, day }: Application): Answer {
  if (!product) return unknown('not_in_register', { product: productCode });
  const held = product.validFrom <= day && (product.validTo === null || day <= product.validTo);
  return held ? allowed : forbidden('not_registered_then', { product: product.name });
}

function notBanned({ product, day }: Application): Answer {
  if (!product) return unknown('ban_unknown');
  const ban = banOn(product, day);
  if (ban) return forbidden('banned', { ingredient: ban.ingredient, from: ban.from });
  if (product.withdrawnOn !== null && product.withdrawnOn <= day)
    return forbidden('withdrawn', { product: product.name, from: product.withdrawnOn });
  return allowed;
}

function forTea({ product }: Application): Answer {
  if (!product || product.uses === null) return unknown('crop_unknown');
  return teaUse(product) ? allowed : forbidden('not_for_tea', { product: product.name });
}

function shortInterval({ product, phiDays }: Application): Answer {
  if (phiDays === null) return unknown('interval_unknown');
  if (product?.nature === 'biological' || phiDays <= LONGEST_CHEMICAL_PHI) return allowed;
  return product?.nature === 'chemical'
    ? forbidden('interval_too_long', { days: phiDays, most: LONGEST_CHEMICAL_PHI })
    : unknown('nature_unknown');
}

function withinDose({ product, dose }: Application): Answer {
  const use = product && teaUse(product);
  if (!dose || !use || use.doseMax === null || use.doseUnit === null) return unknown('dose_unknown');
  const more = exceeds(dose, { amount: use.doseMax, unit: use.doseUnit });
  if (more === undefined) return unknown('dose_not_comparable');
  return more ? forbidden('dose_too_high', { most: use.doseMax, unit: use.doseUnit }) : allowed;
}

function notTooOften({ product, earlier, day }: Application): Answer {
  const most = product && teaUse(product)?.maxApplications;
  if (most === undefined || most === null) return unknown('applications_unknown');
  const year = yearOf(day);
  const often = Math.max(0, ...earlier.map((days) => days.filter((one) => yearOf(one) === year).length));
  return often < most ? allowed : forbidden('too_often', { most });
}

/** Whether one of them is worked organically, certified or in conversion. */
export function isOrganic(standards: readonly PlotStandard[]): boolean {
  return standards.some((one) => one === 'organic' || one === 'organic_conversion');
}

function organicList({ product, standards }: Application): Answer {
  if (!isOrganic(standards)) return allowed;
  if (!product || product.organicAllowed === null) return unknown('organic_unknown');
  return product.organicAllowed ? allowed : forbidden('not_organic', { product: product.name });
}

function notExpired({ stock, day }: Application): Answer {
  if (!stock) return allowed;
  if (stock.expiry === null) return unknown('expiry_unknown');
  return day <= stock.expiry ? allowed : forbidden('expired', { expiry: stock.expiry });
}

/** For pesticides. */
export const SPRAY_RULES: readonly Rule[] = [
  { name: 'registered', source: 'Luật BV&KDTV 41/2013/QH13; yearly list of the ministry', judge: registered },
  {
    name: 'not_banned',
    source: 'decisions that took ingredients off the list (catalog/products.json)',
    judge: notBanned,
  },
  { name: 'for_tea', source: 'Luật BV&KDTV 41/2013/QH13: use as the label says', judge: forTea },
  { name: 'short_interval', source: 'TT 21/2015/TT-BNNPTNT art. 6.3đ', judge: shortInterval },
  { name: 'within_dose', source: 'label; TCVN 11892-1:2017', judge: withinDose },
  { name: 'not_too_often', source: 'label; a season is taken as the calendar year', judge: notTooOften },
  { name: 'organic_list', source: 'NĐ 109/2018/NĐ-CP, TCVN 11041-2:2017', judge: organicList },
  { name: 'not_expired', source: 'label; TCVN 11892-1:2017', judge: notExpired },
];

/** For what is spread on the ground. */
export const FERTILISER_RULES: readonly Rule[] = SPRAY_RULES.filter(({ name }) =>
  ['organic_list', 'not_expired'].includes(name),
);

/** Every answer that is not plain permission. One that forbids refuses the entry; what is unknown is kept with it. */
export function judgeApplication(
  application: Application,
  rules: readonly Rule[],
): { forbidden: Answer[]; unknown: Answer[] } {
  const answers = rules.map(({ judge }) => judge(application));
  return {
    forbidden: answers.filter(({ verdict }) => verdict === 'forbidden'),
    unknown: answers.filter(({ verdict }) => verdict === 'unknown'),
  };
}
