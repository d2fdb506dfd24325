/** What stands in a leaf of the public log: a kind and a hash, nothing that anybody could be known by. */
import { leafHash } from './merkle.ts';

/** How something is committed to: an event by the hash that EPCIS gives it, anything else with a salt. */
export type NewLeaf = {
  /** What the hash is of; small letters and `_`. */
  kind: string;
  /** What finds it again: the event's hash, the lot's code. Stays outside the tree. */
  id: string;
  /** Codes of lots that it tells of. */
  about?: readonly string[];
} & (
  | {
      /** 32 bytes that are public anyway, such as the hash of a published event. */
      hash: Buffer;
      /** The event as it is stored and shown: its own hash is the same for several spellings, the log's is not. */
      event?: unknown;
    }
  | {
      /** Committed to with a salt: it could be guessed, or names somebody. */
      content: unknown;
    }
);

/** A leaf in its place. */
export type Leaf = {
  index: number;
  kind: string;
  subject: string;
  hash: Buffer;
  /** SHA-256 of a published event's canonical JSON. */
  digest: Buffer | null;
  leafHash: Buffer;
};
type Said = Pick<Leaf, 'kind' | 'hash' | 'digest'>;

const FORMAT = 'xa-so-log/1';

/** The bytes of a log entry: format, kind, hash and, where there is one, digest, one line each. */
export function entryOf({ kind, hash, digest }: Said): Buffer {
  const last = digest ? `${digest.toString('hex')}\n` : '';
  return Buffer.from(`${FORMAT}\n${kind}\n${hash.toString('hex')}\n${last}`);
}

/** The leaf's hash in the tree. */
export function leafHashOf(leaf: Said): Buffer {
  return leafHash(entryOf(leaf));
}

/** Entries one after the other, each behind its length (C2SP tlog-tiles, entry bundles). */
export function bundleOfEntries(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** The 32 bytes of an EPCIS event hash, `ni:///sha-256;<hex>?ver=CBV2.0`. @throws Error for anything else */
export function hashOfEventId(id: string): Buffer {
  const hex = /^ni:\/\/\/sha-256;([0-9a-f]{64})(?:\?ver=CBV2\.0)?$/.exec(id)?.[1];
  if (!hex) throw new Error('not the hash of an EPCIS event');
  return Buffer.from(hex, 'hex');
}
