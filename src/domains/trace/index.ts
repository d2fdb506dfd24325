/** The front door of the trace room. */
export { appendLeaves } from './log/append.ts';
export { hashOfEventId, type NewLeaf } from './log/leaf.ts';
export { sequenceLeaves, rotateLogKey } from './log/log.actions.ts';
