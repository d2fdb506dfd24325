import type { Span } from '#kernel/span';

/** A hamlet recognised as a craft village (làng nghề) by a decision. `from` is the day of recognition. */
export type CraftVillage = Span & {
  id: string;
  hamletId: string;
  name: string;
  trade: string;
  decisionNumber: string;
  decisionIssuer: string;
  withdrawalDecision: string | null;
  /** The decision itself was seen. */
  verified: boolean;
  demo: boolean;
};
