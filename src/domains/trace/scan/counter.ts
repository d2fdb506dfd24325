/** What was scanned since it was written down last. One for each process. */
import type { LocalDate } from '#kernel/time';
import type { Count } from './count.actions.ts';

/** So many packs are kept in mind at most; more than that within seconds is no buyer. */
const MOST_KEPT = 20_000;

export type ScanCounter = {
  add: (communeId: number, scan: Omit<Count, 'scans' | 'marks'> & { mark: bigint }) => void;
  /** Hands everything over and forgets it. */
  take: () => Map<number, Count[]>;
};

export function scanCounter(): ScanCounter {
  let kept = new Map<string, Count & { communeId: number }>();
  return {
    add: (communeId, { lotId, serial, day, mark }) => {
      const key = `${communeId} ${lotId} ${serial ?? ''} ${day satisfies LocalDate}`;
      const known = kept.get(key);
      if (known) {
        known.scans += 1;
        known.marks |= mark;
      } else if (kept.size < MOST_KEPT)
        kept.set(key, { communeId, lotId, serial, day, scans: 1, marks: mark });
    },
    take: () => {
      const all = [...kept.values()];
      kept = new Map();
      return Map.groupBy(all, ({ communeId }) => communeId);
    },
  };
}
