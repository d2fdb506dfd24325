/** The table of rights as an administrator reads it. */
import type { Ctx } from '#kernel/context';
import { allow, ROLES, type Role } from '#kernel/rights';

export type PolicyLine = {
  right: string;
  /** The room that declares it. */
  room: string;
  roles: readonly Role[];
  /** People without a role who may do it as well. */
  people: 'everybody' | 'signed_in' | 'owner' | null;
  /** Only the program itself does it. */
  programOnly: boolean;
};

/** Every right of every room, in the rooms' own order: what the program really asks, not a copy of it. */
export function listPolicy(ctx: Ctx): PolicyLine[] {
  allow(ctx, 'identity.policy.read');
  return [...ctx.wiring.policy].map(([right, rule]) => ({
    right,
    room: right.split('.', 1)[0]!,
    roles: ROLES.filter((role) => rule.roles?.includes(role)),
    people: rule.people ?? null,
    programOnly: rule.system === true && !rule.people && !rule.roles?.length,
  }));
}
