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
export { captureEvents, type CaptureOptions, type CaptureOutcome } from './epcis/capture.actions.ts';
export { readDocument, queryDocument, type Captured } from './epcis/document.ts';
export type { ContextedEvent, EpcisEvent, Json, JsonObject } from './epcis/event.ts';
export { hashEvent } from './epcis/hash.ts';
export { identityOf } from './epcis/identity.ts';
export { buildDigitalLink, readDigitalLink, type LinkFault } from './digital-link/digital-link.ts';
export { canonicalUri, linkPath, type DigitalLink, type Element } from './digital-link/link.ts';
export { linkOfUrn, urnOfLink } from './digital-link/epc-urn.ts';
export { checkDigit, hasCheckDigit } from './digital-link/check-digit.ts';
export { lastDayOf, readDate } from './digital-link/dates.ts';
export { printLabels } from './label/label.actions.ts';
export { addProduct } from './lot/product.actions.ts';

export { startRecall } from './lot/recall.actions.ts';
export { recordLotTest, releaseLot } from './lot/release.actions.ts';
export { recordStep, type NewStepInput } from './lot/step.actions.ts';
export { undoStep } from './lot/undo.actions.ts';
export { payTicket, recordTicket, type NewTicket } from './lot/ticket.actions.ts';
export { recallReach } from './lot/lot.queries.ts';
