/** What a value says about an indicator, and what a person's signature makes of it. Pure. */
import type { Status } from './rollup.ts';

export const OPERATORS = ['>=', '<=', '='] as const;
export type Comparison = (typeof OPERATORS)[number];

/** What the number alone says. */
export type Judged = 'reached' | 'not_reached' | 'unknown';

/** What is missing to the threshold. `records`: so many of the `of` records more, where a share of records is asked. */
export type Gap = { by: number; records: number | null; of: number | null };

/** Values are decimal; what they are computed from is exact only to rounding, so that 0.1 + 0.2 still is 0.3. */
const HAIR = 1e-9;

/** Whether a value meets the threshold; both in the indicator's unit (shares in percent, yes is 1). */
export function judge(value: number | null, operator: Comparison, threshold: number): Judged {
  if (value === null) return 'unknown';
  const meets =
    operator === '>='
      ? value >= threshold - HAIR
      : operator === '<='
        ? value <= threshold + HAIR
        : Math.abs(value - threshold) <= HAIR;
  return meets ? 'reached' : 'not_reached';
}

/**
 * How far a value is from the threshold; null when it is met or not known.
 * @param parts numerator and denominator, where the value is a share of records
 */
export function gapOf(
  value: number | null,
  operator: Comparison,
  threshold: number,
  parts: { numerator: number; denominator: number } | null = null,
): Gap | null {
  if (value === null || judge(value, operator, threshold) !== 'not_reached') return null;
  const by = Math.abs(threshold - value);
  if (!parts || parts.denominator <= 0) return { by, records: null, of: null };
  const wanted = (parts.denominator * threshold) / 100;
  const records =
    operator === '<='
      ? parts.numerator - Math.floor(wanted + HAIR)
      : Math.abs(Math.ceil(wanted - HAIR) - parts.numerator);
  return { by, records, of: parts.denominator };
}

/** Who signs: the official in charge, the commune that reviews, a higher level that appraises. */
export const STAGES = ['self', 'review', 'appraisal'] as const;
export type Stage = (typeof STAGES)[number];
export const VERDICTS = ['reached', 'not_reached', 'not_applicable'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A signature: what a person said, and what the number said when it was signed. */
export type Signature = { stage: Stage; verdict: Verdict; judged: Judged };

/** `waiting`: the number is met and nobody signed. `fallen`: signed as reached, and the number moved away since. */
export type Standing = { status: Status; waiting: boolean; fallen: boolean };

/** Whether a signature says other than its number: such a one needs a written reason. */
export function contradicts(verdict: Verdict, judged: Judged): boolean {
  return verdict !== judged;
}

/**
 * How an indicator stands: never reached without a person's signature, and a signature over a number that moved away
 * since does not hold. @param signatures those known on the day, the oldest first; a self-assessment decides nothing
 */
export function standing(judged: Judged, signatures: readonly Signature[]): Standing {
  const signed = signatures.findLast(({ stage }) => stage !== 'self');
  if (signed?.verdict === 'not_applicable')
    return { status: 'not_applicable', waiting: false, fallen: false };
  if (signed?.verdict === 'not_reached') return { status: 'not_reached', waiting: false, fallen: false };
  if (signed?.verdict === 'reached') {
    const holds = judged === 'reached' || judged === signed.judged;
    return { status: holds ? 'reached' : judged, waiting: false, fallen: !holds };
  }
  const waiting = judged === 'reached';
  return { status: waiting ? 'unknown' : judged, waiting, fallen: false };
}
