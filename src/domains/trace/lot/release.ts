/** The gate before labels: what stops a lot, what a named person may take upon himself with a reason. Pure. */
import type { Verdict } from './balance.ts';
import type { LotKind } from './lot.ts';

/** What is known of a lot when somebody wants to release it. */
export type Findings = {
  kind: LotKind;
  /** Some is left. */
  left: boolean;
  recalled: boolean;
  held: boolean;
  drying: Verdict;
  yield: Verdict;
  moisture: Verdict | 'unknown';
  /** The producer works by the standard that the lot claims, and its certificate holds today. */
  certificate: 'holds' | 'ended' | 'not_needed';
  test: 'passed' | 'failed' | 'ended' | 'missing';
};

/**
 * - `stop`: nobody can release it: what is wrong has to be put right first
 * - `reason`: a named person may, in writing
 * - `told`: shown, and no more
 */
export type Weight = 'stop' | 'reason' | 'told';
export type Finding = { code: string; weight: Weight };

type Gate = (found: Findings) => Finding | null;

const finding = (weight: Weight, code: string): Finding => ({ weight, code });

/** Each a rule of its own (facts 03 §3.5, 04 §4.3). */
const GATES: readonly Gate[] = [
  ({ kind }) => (kind === 'pack' ? null : finding('stop', 'not_packed')),
  ({ left }) => (left ? null : finding('stop', 'nothing_left')),
  ({ recalled }) => (recalled ? finding('stop', 'recalled') : null),
  ({ held }) => (held ? finding('stop', 'held') : null),
  ({ drying }) => ofVerdict(drying, 'drying'),
  (found) => ofVerdict(found.yield, 'yield'),
  ({ moisture }) =>
    moisture === 'unknown' ? finding('reason', 'moisture_unknown') : ofVerdict(moisture, 'moisture'),
  ({ certificate }) => (certificate === 'ended' ? finding('stop', 'certificate_ended') : null),
  ({ test }) =>
    test === 'failed'
      ? finding('stop', 'test_failed')
      : test === 'passed'
        ? null
        : finding('reason', `test_${test}`),
];

/** All that speaks against a release, the gravest first. */
export function findingsOf(found: Findings): Finding[] {
  const order: readonly Weight[] = ['stop', 'reason', 'told'];
  return GATES.flatMap((gate) => gate(found) ?? []).toSorted(
    (a, b) => order.indexOf(a.weight) - order.indexOf(b.weight),
  );
}

function ofVerdict(verdict: Verdict, what: string): Finding | null {
  if (verdict === 'usual') return null;
  return finding(verdict === 'outside' ? 'reason' : 'told', `${what}_${verdict}`);
}
