/**
 * What the tests of the house's shape found when they were first raised. Each line is a debt to be paid; a new
 * fault is not forgiven. Most are readers of the services room that ask for their right one call deeper.
 */
const DEBTS: ReadonlySet<string> = new Set([
  'services.mandate.list',
  'src/domains/identity/auth/enrolment.ts: ./better-auth.server.ts',
  'src/domains/identity/officials/+page.server.ts: src/domains/identity/record-sign-in.ts#recordRefusedSignIn',
  'src/domains/identity/oidc/round.ts: #app/words',
  'src/domains/notifications/notify.actions.ts#queueDelivery',
  'src/domains/notifications/staff/+page.server.ts: src/domains/notifications/edge.ts#staffTabs',
  'src/domains/notifications/staff/channels/+page.server.ts: src/domains/notifications/edge.ts#staffTabs',
  'src/domains/notifications/staff/outbox/+page.server.ts: src/domains/notifications/edge.ts#staffTabs',
  'src/domains/notifications/staff/templates/+page.server.ts: src/domains/notifications/edge.ts#staffTabs',
]);

/** Files that are too long until they are cut: the name without the number of lines. */
const LONG: ReadonlySet<string> = new Set([
  'src/domains/notifications/deliver.test.ts',
  'src/domains/notifications/staff.test.ts',
  'src/ui/shell/PublicShell.svelte',
  'src/ui/shell/StaffShell.svelte',
]);

/** The faults that are not among the debts. */
export function unpaid(faults: readonly string[]): string[] {
  return faults.filter((fault) => !DEBTS.has(fault) && !LONG.has(fault.replace(/: \d+$/, '')));
}
