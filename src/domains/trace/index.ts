/** The front door of the trace room. */
export {
  checkLog,
  takeAnchor,
  type LogProblem,
  type LogProblemKind,
  type LogReport,
} from './log/anchor.actions.ts';
export { parseAnchors, type Anchor } from './log/anchor.ts';
export { appendLeaves } from './log/append.ts';
export { hashOfEventId, type NewLeaf } from './log/leaf.ts';
export { rotateLogKey, sequenceLeaves } from './log/log.actions.ts';
export { findLog, keyView, type LogState } from './log/proof.queries.ts';
