/** The ledger of a work: what was promised, received and spent, and what it never allows. Pure; amounts are whole đồng. */
import type { LocalDate } from '#kernel/time';

export const STEPS = ['promised', 'received', 'spent'] as const;
export type Step = (typeof STEPS)[number];
export const FUND_KINDS = ['state', 'other', 'people'] as const;
export type FundKind = (typeof FUND_KINDS)[number];
export const FORMS = ['money', 'labour', 'land', 'material'] as const;
export type Form = (typeof FORMS)[number];

/** What the sums look at. A counter-entry has the day of what it takes back, and its amounts below zero. */
export type Line = {
  step: Step;
  fund: string;
  kind: FundKind;
  form: Form;
  amount: bigint;
  quantity: number | null;
  contractId: string | null;
  onDay: LocalDate;
};

export type Sums = Record<Step, bigint>;

/** Promised, received and spent; money and the worth of what was not money. */
export function sumsOf(lines: readonly Pick<Line, 'step' | 'amount'>[]): Sums {
  const sums: Sums = { promised: 0n, received: 0n, spent: 0n };
  for (const { step, amount } of lines) sums[step] += amount;
  return sums;
}

/** The sums of each funding source, by its code. */
export function sumsByFund(lines: readonly Line[]): Map<string, Sums> {
  const groups = Map.groupBy(lines, ({ fund }) => fund);
  return new Map([...groups].map(([fund, own]) => [fund, sumsOf(own)]));
}

/** What was given in kind and received: days of labour, square metres of land, worth of materials. */
export function givenInKind(lines: readonly Line[]) {
  const received = lines.filter(({ step, form }) => step === 'received' && form !== 'money');
  const of = (form: Form) => received.filter((line) => line.form === form);
  // Quantities have two decimals: summed in hundredths, nothing is lost.
  const quantity = (own: readonly Line[]) =>
    own.reduce((sum, line) => sum + Math.round((line.quantity ?? 0) * 100), 0) / 100;
  return {
    labourDays: quantity(of('labour')),
    landM2: quantity(of('land')),
    materials: sumsOf(of('material')).received,
  };
}

/**
 * The code of what a work's ledger breaks, or null. On every day: of each source no more is spent than was received in
 * money; of the state no more received than promised; under a contract no more is spent than it says.
 */
export function ledgerFault(
  lines: readonly Line[],
  contracts: ReadonlyMap<string, bigint>,
): 'criteria.money.not_received' | 'criteria.money.not_promised' | 'criteria.money.over_contract' | null {
  const days = [...new Set(lines.map(({ onDay }) => onDay))].toSorted();
  for (const day of days) {
    const known = lines.filter(({ onDay, form }) => onDay <= day && form === 'money');
    for (const own of Map.groupBy(known, ({ fund }) => fund).values()) {
      const { promised, received, spent } = sumsOf(own);
      if (spent > received) return 'criteria.money.not_received';
      if (own[0]!.kind === 'state' && received > promised) return 'criteria.money.not_promised';
    }
  }
  const paid = Map.groupBy(
    lines.filter(({ step, contractId }) => step === 'spent' && contractId !== null),
    ({ contractId }) => contractId!,
  );
  const over = [...paid].some(([id, own]) => sumsOf(own).spent > (contracts.get(id) ?? 0n));
  return over ? 'criteria.money.over_contract' : null;
}
