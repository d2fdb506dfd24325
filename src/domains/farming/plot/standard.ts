/**
 * The standard of a plot on a day, from what its holder's producers worked by and what their certificates say of it.
 * Pure.
 */
import type { Standing, StandingPaper } from '#domain/producers';
import { holdsOn, type Span } from '#kernel/span';
import type { LocalDate } from '#kernel/time';

/** The strictest first: a mixture is worth its last one. */
export const PLOT_STANDARDS = ['organic', 'organic_conversion', 'vietgap', 'none'] as const;
export type PlotStandard = (typeof PLOT_STANDARDS)[number];

/**
 * - `certified`: a certificate holds that day and covers the plot
 * - `in_conversion`: worked organically, and no certificate covers it yet (NĐ 109/2018/NĐ-CP, TCVN 11041)
 * - `not_certified`, `certificate_ended`, `not_in_scope`: worked by the standard, and why it does not count
 * - `no_membership`: the holder belonged to no producer with a standard; `no_holder`: nobody is written down
 */
export type ReasonCode =
  | 'certified'
  | 'in_conversion'
  | 'not_certified'
  | 'certificate_ended'
  | 'not_in_scope'
  | 'no_membership'
  | 'no_holder';

export type StandardReason = {
  code: ReasonCode;
  standard: Standing['standard'] | null;
  producerId: string | null;
  certificateId: string | null;
};

export type StandardOnDay = { standard: PlotStandard; reasons: StandardReason[] };

/** The plots that a certificate names; a certificate that is not here covers all plots of its producer's members. */
export type Scopes = ReadonlyMap<string, readonly (Span & { plotId: string })[]>;

const NOBODY: StandardOnDay = {
  standard: 'none',
  reasons: [{ code: 'no_holder', standard: null, producerId: null, certificateId: null }],
};
const NO_MEMBER: StandardOnDay = {
  standard: 'none',
  reasons: [{ code: 'no_membership', standard: null, producerId: null, certificateId: null }],
};

/** @param standings those of the plot's holder; null where it has none */
export function standardOnDay(
  plotId: string,
  day: LocalDate,
  standings: readonly Standing[] | null,
  scopes: Scopes,
): StandardOnDay {
  if (standings === null) return NOBODY;
  const held = standings
    .filter((standing) => holdsOn(standing, day))
    .map((standing) => judged(standing, plotId, day, scopes))
    .toSorted((a, b) => rank(a.standard) - rank(b.standard));
  const [best] = held;
  return best ? { standard: best.standard, reasons: held.map(({ reason }) => reason) } : NO_MEMBER;
}

type Judged = { standard: PlotStandard; reason: StandardReason };

function judged(standing: Standing, plotId: string, day: LocalDate, scopes: Scopes): Judged {
  const { standard, producerId, papers } = standing;
  const valid = papers.filter((paper) => isValidOn(paper, day));
  const covering = valid.find(({ id }) => covers(scopes, id, plotId, day));
  const reason = (code: ReasonCode, certificateId: string | null = null): StandardReason => ({
    code,
    standard,
    producerId,
    certificateId,
  });
  if (covering) return { standard, reason: reason('certified', covering.id) };
  const ended = papers.findLast((paper) => paper.validFrom <= day && !isValidOn(paper, day));
  const because: ReasonCode =
    valid.length > 0 ? 'not_in_scope' : ended ? 'certificate_ended' : 'not_certified';
  // Land that is worked organically before a certificate covers it is in conversion; one that ended converts nothing.
  if (standard === 'organic' && because !== 'certificate_ended')
    return { standard: 'organic_conversion', reason: reason('in_conversion', valid[0]?.id ?? null) };
  return { standard: 'none', reason: reason(because, valid[0]?.id ?? ended?.id ?? null) };
}

function isValidOn({ validFrom, validTo, revokedOn }: StandingPaper, day: LocalDate): boolean {
  return validFrom <= day && (validTo === null || day <= validTo) && (revokedOn === null || day < revokedOn);
}

function covers(scopes: Scopes, certificateId: string, plotId: string, day: LocalDate): boolean {
  const named = scopes.get(certificateId);
  return !named || named.some((one) => one.plotId === plotId && holdsOn(one, day));
}

function rank(standard: PlotStandard): number {
  return PLOT_STANDARDS.indexOf(standard);
}

/** What a mixture of plots may be called: the least of their standards; none of nothing. */
export function weakestOf(standards: readonly PlotStandard[]): PlotStandard {
  return standards.reduce<PlotStandard>(
    (least, one) => (rank(one) > rank(least) ? one : least),
    standards.length === 0 ? 'none' : 'organic',
  );
}
