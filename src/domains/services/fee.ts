import type { Amount, Fee, FeeExemption, FeeRule } from './fee-rule.ts';

/** How the dossier was filed; some fees are lower online. */
export type FeeChannel = 'counter' | 'online';

/** One line of the sum; `what` is a code for the words: the lines add up to the amount. */
interface FeeLine {
  what: 'fixed' | 'by_quantity' | 'pages' | 'over_maximum' | 'exemption';
  /** The first page of a tier, when the line counts pages. */
  fromPage?: number;
  quantity: bigint;
  /** Whole đồng for one; negative for what is taken off. */
  each: bigint;
  amount: bigint;
}

export interface ComputedFee {
  /** Whole đồng; null when the rule is not held here, or when what it counts was not told. */
  amount: bigint | null;
  lines: FeeLine[];
  /** The exemption that was applied. */
  exemptedBy: string | null;
  unknown: 'no_rule' | 'bad_quantity' | null;
}

/** More copies or pages than this in one dossier is a slip of the keyboard. */
const MOST = 10_000;

/**
 * Computes a fee from its rule.
 *
 * @param quantities what the rule counts (copies, pages …); a quantity that was not told counts as 1,
 *   one that is no whole number from 1 to 10,000 makes the amount unknown.
 * @param exemptions codes that the applicant has shown to hold; unknown codes are ignored and the one
 *   that forgives most is applied, never two together.
 */
export function computeFee(
  fee: Pick<Fee, 'rule' | 'exemptions'>,
  quantities: Readonly<Record<string, number>>,
  exemptions: readonly string[],
  channel: FeeChannel,
): ComputedFee {
  const exemption = bestExemption(fee.exemptions, exemptions);
  if (exemption?.percent === 100) return { amount: 0n, lines: [], exemptedBy: exemption.code, unknown: null };
  if (!fee.rule) return { amount: null, lines: [], exemptedBy: null, unknown: 'no_rule' };
  const lines = linesOf(fee.rule, quantities, channel);
  if (!lines) return { amount: null, lines: [], exemptedBy: null, unknown: 'bad_quantity' };
  const full = sum(lines);
  if (exemption && full > 0n) {
    // Rounded up to the payer's good: what is taken off is never less than the law gives.
    const off = -((full * BigInt(exemption.percent) + 99n) / 100n);
    lines.push({ what: 'exemption', quantity: 1n, each: off, amount: off });
  }
  return { amount: sum(lines), lines, exemptedBy: exemption?.code ?? null, unknown: null };
}

function bestExemption(known: readonly FeeExemption[], shown: readonly string[]): FeeExemption | undefined {
  return known
    .filter((one) => shown.includes(one.code))
    .reduce<FeeExemption | undefined>(
      (best, one) => (best && best.percent >= one.percent ? best : one),
      undefined,
    );
}

function linesOf(
  rule: FeeRule,
  quantities: Readonly<Record<string, number>>,
  channel: FeeChannel,
): FeeLine[] | undefined {
  switch (rule.kind) {
    case 'free':
      return [];
    case 'fixed':
      return [line('fixed', 1n, inChannel(rule.amount, channel))];
    case 'by_quantity': {
      const quantity = counted(quantities, rule.quantity);
      return quantity === undefined
        ? undefined
        : [line('by_quantity', quantity, inChannel(rule.amount, channel))];
    }
    case 'by_page': {
      const copies = counted(quantities, rule.copies);
      const pages = counted(quantities, rule.pages);
      return copies === undefined || pages === undefined ? undefined : pageLines(rule, copies, pages);
    }
  }
}

function pageLines(rule: Extract<FeeRule, { kind: 'by_page' }>, copies: bigint, pages: bigint): FeeLine[] {
  const lines = rule.tiers.flatMap((tier, at): FeeLine[] => {
    const next = rule.tiers[at + 1];
    const last = next ? min(BigInt(next.fromPage) - 1n, pages) : pages;
    const inTier = last - BigInt(tier.fromPage) + 1n;
    return inTier > 0n
      ? [{ ...line('pages', inTier * copies, BigInt(tier.each)), fromPage: tier.fromPage }]
      : [];
  });
  const perCopy = sum(lines) / copies;
  if (rule.maxPerCopy === null || perCopy <= BigInt(rule.maxPerCopy)) return lines;
  return [...lines, line('over_maximum', copies, BigInt(rule.maxPerCopy) - perCopy)];
}

function counted(quantities: Readonly<Record<string, number>>, name: string): bigint | undefined {
  const quantity = Object.hasOwn(quantities, name) ? quantities[name] : 1;
  const sane = Number.isInteger(quantity) && quantity !== undefined && quantity >= 1 && quantity <= MOST;
  return sane ? BigInt(quantity) : undefined;
}

function inChannel(amount: Amount, channel: FeeChannel): bigint {
  return BigInt(typeof amount === 'number' ? amount : amount[channel]);
}

function line(what: FeeLine['what'], quantity: bigint, each: bigint): FeeLine {
  return { what, quantity, each, amount: quantity * each };
}

function sum(lines: readonly FeeLine[]): bigint {
  return lines.reduce((total, one) => total + one.amount, 0n);
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
