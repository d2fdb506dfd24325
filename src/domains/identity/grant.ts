/** A role held by an account in this commune, or in one hamlet of it, for a term of office. Pure. */
import { refuse } from '#kernel/errors';
import { ROLES, type Role } from '#kernel/rights';

export type RoleGrant = {
  id: string;
  userId: string;
  userName: string;
  role: Role;
  hamletId: string | null;
  validFrom: Date;
  /** The first instant at which it counts no longer; null while no end is set. */
  validTo: Date | null;
  grantedBy: string;
  endedAt: Date | null;
};

/** How a grant stands at a moment. */
export type GrantState = 'coming' | 'valid' | 'over';

export function grantState(
  grant: Pick<RoleGrant, 'validFrom' | 'validTo' | 'endedAt'>,
  now: Date,
): GrantState {
  if (grant.endedAt !== null || (grant.validTo !== null && grant.validTo <= now)) return 'over';
  return grant.validFrom > now ? 'coming' : 'valid';
}

/** A hamlet's head is head of that hamlet. */
const NEEDS_HAMLET: readonly Role[] = ['hamlet_head'];
/** Work of the whole commune: one hamlet's clerk or administrator does not exist. */
const WHOLE_COMMUNE: readonly Role[] = ['admin', 'leader', 'clerk', 'auditor'];

/** @throws AppError `identity.role.unknown` (422) */
export function asRole(text: string): Role {
  const role = ROLES.find((known) => known === text);
  return role ?? refuse('identity.role.unknown', 422);
}

/** Whether the role fits a hamlet or the whole commune. @throws AppError `identity.grant.hamlet_needed`, `identity.grant.hamlet_unfit` (422) */
export function checkScope(role: Role, hamletId: string | null): void {
  if (hamletId === null && NEEDS_HAMLET.includes(role)) refuse('identity.grant.hamlet_needed', 422);
  if (hamletId !== null && WHOLE_COMMUNE.includes(role)) refuse('identity.grant.hamlet_unfit', 422);
}
