export { linkEntries, oldestUnlinked, takeHeads } from './chain.actions.ts';
export { parseHeads, type Head } from './heads.ts';
export { eraseAuditDetail } from './erase.actions.ts';
export { listAudit, type AuditFilter, type AuditRow } from './trail.queries.ts';
export { verifyChain, verifyHead, type ChainReport } from './verify.actions.ts';
export type { Problem, ProblemKind } from './verify.ts';
export { viewsOf, type View, type ViewedThing } from './views.queries.ts';
