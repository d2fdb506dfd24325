/** Types of evidence.mjs, for its tests. */
import type { KeyObject } from 'node:crypto';

export function readKey(written: string): KeyObject;
export function checkBundle(
  zip: Buffer,
  key: KeyObject,
): {
  faults: { part: string; fault: string }[];
  parts: string[];
  about: Record<string, unknown> | null;
};
