/**
 * The door to the provincial exchange of documents (trục liên thông văn bản). One interface; its adapter comes
 * when the exchange's specification is at hand, and is the only thing to be written then: what arrives goes
 * through `registerDocument`, what was issued through `deliver`.
 */
import type { StoredFile } from './file.actions.ts';

/** A document as it came from another agency. */
export type Arrived = {
  /** The exchange's own id: a repeated delivery is registered once. */
  exchangeId: string;
  /** The sender's agency code on the exchange, and its name. */
  senderCode: string;
  sender: string;
  symbol: string;
  type: string;
  issuedOn: string;
  summary: string;
  files: readonly StoredFile[];
};

/** A document to be sent, after it was issued and signed. */
export type Departing = {
  documentId: string;
  symbol: string;
  summary: string;
  /** Agency codes on the exchange. */
  to: readonly string[];
  file: StoredFile;
};

/** How the other side stands to what was sent. */
export type DeliveryState = 'sent' | 'received' | 'refused';

export interface DocumentExchange {
  /** What has arrived and was not yet acknowledged. */
  fetch(): Promise<readonly Arrived[]>;
  /** Tells the exchange that a document has been registered here, under which number. */
  acknowledge(exchangeId: string, registered: { number: number; year: number }): Promise<void>;
  /** Hands a document over. @returns the exchange's own id */
  deliver(document: Departing): Promise<string>;
  /** How a document that was handed over stands. */
  stateOf(exchangeId: string): Promise<DeliveryState>;
}
