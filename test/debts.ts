/**
 * What the tests of the house's shape found when they were first raised. Each line is a debt to be paid; a new
 * fault is not forgiven. Most are readers of the services room that ask for their right one call deeper.
 */
const DEBTS: ReadonlySet<string> = new Set([
  'services.mandate.list',
  'services.register.read',
  'src/domains/identity/auth/enrolment.ts: ./better-auth.server.ts',
  'src/domains/identity/officials/+page.server.ts: src/domains/identity/record-sign-in.ts#recordRefusedSignIn',
  'src/domains/identity/oidc/round.ts: #app/words',
  'src/domains/notifications/notify.actions.ts#queueDelivery',
  'src/domains/notifications/staff/+page.server.ts: src/domains/notifications/edge.ts#staffTabs',
  'src/domains/notifications/staff/channels/+page.server.ts: src/domains/notifications/edge.ts#staffTabs',
  'src/domains/notifications/staff/outbox/+page.server.ts: src/domains/notifications/edge.ts#staffTabs',
  'src/domains/notifications/staff/templates/+page.server.ts: src/domains/notifications/edge.ts#staffTabs',
  'src/domains/services/attachment/attachment.actions.ts#listAttachments',
  'src/domains/services/counter/fee.actions.ts#feeOf',
  'src/domains/services/dossier/move.actions.ts#wasDone',
  'src/domains/services/figures/+page.server.ts: src/domains/services/figures/board.ts#tileOf',
  'src/domains/services/figures/download/+server.ts: src/domains/services/figures/open-data.ts#askMeasureOnly',
  'src/domains/services/figures/download/+server.ts: src/domains/services/figures/record-list.ts#recordLines',
  'src/domains/services/figures/records/+page.server.ts: src/domains/services/figures/record-list.ts#recordPage',
  'src/domains/services/staff/+page.server.ts: src/domains/services/staff/queue-view.ts#filterOptions',
  'src/domains/services/staff/+page.server.ts: src/domains/services/staff/queue-view.ts#rowView',
  'src/domains/services/staff/+page.server.ts: src/domains/services/staff/queue-view.ts#viewTabs',
  'src/domains/services/staff/[id]/+page.server.ts: src/domains/services/staff/[id]/dossier-view.ts#factsOf',
  'src/domains/services/staff/[id]/+page.server.ts: src/domains/services/staff/[id]/dossier-view.ts#headOf',
  'src/domains/services/staff/[id]/+page.server.ts: src/domains/services/staff/[id]/dossier-view.ts#papersOf',
  'src/domains/services/staff/[id]/+page.server.ts: src/domains/services/staff/[id]/dossier-view.ts#resultView',
  'src/domains/services/staff/[id]/+page.server.ts: src/domains/services/staff/[id]/move-form.ts#moveForms',
  'src/domains/services/staff/[id]/result-file.ts: #app/runtime',
  'src/domains/services/staff/[id]/result-file.ts: #app/trust',
  'src/domains/services/staff/[id]/result-file.ts: #kernel/files/accept.server',
  'src/domains/services/staff/[id]/slip.pdf/+server.ts: src/domains/services/dossier/record.ts#loadDossier',
  'src/domains/services/staff/[id]/slip.pdf/+server.ts: src/domains/services/papers/of-dossier.ts#paperHead',
  'src/domains/services/staff/export.xlsx/+server.ts: src/domains/services/procedure.queries.ts#getProcedureVersion',
  'src/domains/services/staff/figures/+page.server.ts: src/domains/services/figures/board.ts#namesOf',
  'src/domains/services/staff/figures/+page.server.ts: src/domains/services/figures/board.ts#tileOf',
  'src/domains/services/staff/figures/+page.server.ts: src/domains/services/figures/record-list.ts#placeWords',
  'src/domains/services/staff/figures/quality/+page.server.ts: src/domains/services/figures/board.ts#namesOf',
  'src/domains/services/staff/figures/quality/+page.server.ts: src/domains/services/rating/quality.queries.ts#quarterQuestion',
  'src/domains/services/staff/figures/records/+page.server.ts: src/domains/services/figures/record-list.ts#recordPage',
  'src/domains/services/staff/figures/records/xlsx/+server.ts: src/domains/services/figures/record-list.ts#recordLines',
  'src/domains/services/staff/upload.ts: #kernel/files/accept.server',
]);

/** Files that are too long until they are cut: the name without the number of lines. */
const LONG: ReadonlySet<string> = new Set([
  'src/domains/notifications/deliver.test.ts',
  'src/domains/notifications/staff.test.ts',
  'src/domains/services/dossier/clock.test.ts',
  'src/ui/shell/PublicShell.svelte',
  'src/ui/shell/StaffShell.svelte',
  'demo/dossiers.ts',
]);

/** The faults that are not among the debts. */
export function unpaid(faults: readonly string[]): string[] {
  return faults.filter((fault) => !DEBTS.has(fault) && !LONG.has(fault.replace(/: \d+$/, '')));
}
