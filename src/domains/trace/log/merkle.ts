/**
 * The Merkle tree of RFC 6962, section 2.1: hashes, proofs and their verification. Pure. A tree is named by its
 * number of leaves; proofs are worked out as ranges of leaves first, so that whoever stores hashes of whole
 * subtrees (tiles) need not have the leaves.
 */
import { createHash } from 'node:crypto';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** MTH of the empty list: SHA-256 of nothing. */
export const EMPTY_ROOT: Buffer = createHash('sha256').digest();

/** A run of leaves `from` ≤ i < `to`, as RFC 6962 writes `D[from:to]`. */
export type Range = readonly [from: number, to: number];

/** A perfect subtree: its `2 ** level` leaves begin at `index * 2 ** level`. */
export type Subtree = { level: number; index: number };

/** The hash of a leaf: SHA-256(0x00 || data). */
export function leafHash(data: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(data).digest();
}

/** The hash of an inner node: SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** The largest power of two below `count` (`count` ≥ 2): where RFC 6962 splits a list. */
function split(count: number): number {
  let half = 1;
  while (half * 2 < count) half *= 2;
  return half;
}

/** The perfect subtrees that a run is made of, from left to right. The run must be one that RFC 6962 makes. */
export function subtreesOf([from, to]: Range): Subtree[] {
  const found: Subtree[] = [];
  for (let at = from; at < to;) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level += 1;
    found.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return found;
}

/** The root over the hashes of {@link subtreesOf}, in their order. */
export function foldSubtrees(hashes: readonly Uint8Array[]): Buffer {
  const last = hashes.at(-1);
  if (!last) return EMPTY_ROOT;
  return Buffer.from(hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last));
}

/** The root over leaf hashes (or over the hashes of equally large perfect subtrees). */
export function rootOf(hashes: readonly Uint8Array[]): Buffer {
  if (hashes.length === 0) return EMPTY_ROOT;
  let row: readonly Uint8Array[] = hashes;
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at]!, row[at + 1]];
      above.push(right ? nodeHash(left, right) : left);
    }
    row = above;
  }
  return Buffer.from(row[0]!);
}

/** PATH(index, D[size]) as runs, nearest the leaf first. @throws RangeError for a leaf outside the tree */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError('no such leaf in the tree');
  const path: Range[] = [];
  for (let [from, to] = [0, size]; to - from > 1;) {
    const middle = from + split(to - from);
    path.unshift(index < middle ? [middle, to] : [from, middle]);
    if (index < middle) to = middle;
    else from = middle;
  }
  return path;
}

/** PROOF(older, D[newer]) as runs. @throws RangeError unless 0 < older ≤ newer */
export function consistencyRanges(older: number, newer: number): Range[] {
  if (!isCount(older) || !isCount(newer) || older === 0 || older > newer)
    throw new RangeError('no such pair of trees');
  const proof: Range[] = [];
  let whole = true;
  let [from, to] = [0, newer];
  while (older !== to) {
    const middle = from + split(to - from);
    if (older <= middle) {
      proof.unshift([middle, to]);
      to = middle;
    } else {
      proof.unshift([from, middle]);
      from = middle;
      whole = false;
    }
  }
  return whole ? proof : [[from, to], ...proof];
}

/** The root that a leaf and its path lead to, or null where the path has the wrong length. RFC 9162, 2.1.3.2. */
export function rootFromInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): Buffer | null {
  if (!isCount(index) || !isCount(size) || index >= size) return null;
  let [place, last] = [index, size - 1];
  let root: Buffer = Buffer.from(leaf);
  for (const sibling of proof) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      root = nodeHash(sibling, root);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else root = nodeHash(root, sibling);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

/** Whether the newer tree begins with the whole older one. RFC 9162, 2.1.4.2. */
export function isConsistent(
  older: { size: number; root: Uint8Array },
  newer: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(older.size) || !isCount(newer.size) || older.size > newer.size) return false;
  if (older.size === 0) return proof.length === 0 && same(older.root, EMPTY_ROOT);
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root);
  const path = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : [...proof];
  const first = path.shift();
  if (!first) return false;
  let [place, last] = [older.size - 1, newer.size - 1];
  while (place % 2 === 1) [place, last] = [(place - 1) / 2, Math.floor(last / 2)];
  let left: Buffer = Buffer.from(first);
  let right = left;
  for (const sibling of path) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      left = nodeHash(sibling, left);
      right = nodeHash(sibling, right);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else right = nodeHash(right, sibling);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(left, older.root) && same(right, newer.root);
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.from(one).equals(other);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
