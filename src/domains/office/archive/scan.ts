/** The order and quality of scans, as far as a machine can tell. Pure. */

/** What is known of a scan without looking at it. */
export type ScanFacts = {
  id: string;
  name: string;
  hash: string;
  /** Bytes. */
  size: number;
  width: number | null;
  height: number | null;
};

/**
 * - `small`: fewer than 1000 pixels on the short side, about 120 dots an inch on A4: small print cannot be read;
 * - `blank`: so few bytes for its pixels that nothing can be on it;
 * - `twice`: the same content stands earlier in the batch;
 * - `gap`: a number is missing between this name and the one before.
 */
export const FAULTS = ['small', 'blank', 'twice', 'gap'] as const;
export type Fault = (typeof FAULTS)[number];

const LEAST_PIXELS = 1000;
const LEAST_BYTES_A_PIXEL = 0.02;

/** Names in the order in which people count: 2 before 10. */
export function inNaturalOrder<T extends { name: string; id: string }>(scans: readonly T[]): T[] {
  return scans.toSorted((a, b) => NATURAL.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
}
const NATURAL = new Intl.Collator('vi', { numeric: true, sensitivity: 'base' });

/** What is wrong with each scan of a batch, in its order. */
export function faultsOf(ordered: readonly ScanFacts[]): Map<string, Fault[]> {
  const seen = new Set<string>();
  const found = new Map<string, Fault[]>();
  let before: number | null = null;
  for (const scan of ordered) {
    const faults: Fault[] = [];
    const { width, height } = scan;
    if (width !== null && height !== null) {
      if (Math.min(width, height) < LEAST_PIXELS) faults.push('small');
      if (scan.size / (width * height) < LEAST_BYTES_A_PIXEL) faults.push('blank');
    }
    if (seen.has(scan.hash)) faults.push('twice');
    seen.add(scan.hash);
    const number = numberIn(scan.name);
    if (number !== null && before !== null && number > before + 1) faults.push('gap');
    before = number ?? before;
    found.set(scan.id, faults);
  }
  return found;
}

/** The last number in a name, by which scanners count; null where there is none. */
export function numberIn(name: string): number | null {
  const digits = /(\d{1,9})\D*$/.exec(name.replace(/\.[a-z]{2,5}$/i, ''))?.[1];
  return digits === undefined ? null : Number(digits);
}

/** How far an archive is: pieces indexed of those expected, never more than all of them. */
export function progressOf({ expected, items }: { expected: number; items: number }) {
  const remaining = Math.max(0, expected - items);
  const done = expected === 0 ? (items > 0 ? 100 : 0) : Math.min(100, Math.floor((100 * items) / expected));
  return { done, remaining };
}
