/** Records as they lie on phones, also those that an older program wrote. Pure. */
import type { Item } from './outbox.ts';

/** Of the records; the storage itself counts its own versions. */
export const RECORD_VERSION = 2;
type Record = { v: number; [field: string]: unknown };
type Step = (old: Record) => Record;

/** From each version to the next. */
const STEPS: Readonly<{ [from: number]: Step }> = {
  // Photos came, and it was noted whether an entry had left: of an older one nobody knows, so it counts as sent.
  1: (old) => {
    const item = old['item'] as Pick<Item, 'id' | 'seq' | 'state' | 'entry'>;
    const attempts = item.state === 'draft' ? 0 : 1;
    return { v: 2, item: { ...item, photos: [], attempts, codes: [], answeredAt: null } };
  },
};

/** A record of a newer program: nothing may be written over it. */
export class NewerRecord extends Error {}

/** What lay there, in today's shape. @throws NewerRecord */
export function readRecord(record: unknown): Item {
  let now = record as Record;
  while (now.v < RECORD_VERSION) {
    const step = STEPS[now.v];
    if (!step) throw new Error(`no way from record version ${now.v}`);
    now = step(now);
  }
  if (now.v > RECORD_VERSION) throw new NewerRecord(`record version ${now.v}`);
  return now['item'] as Item;
}

export function writeRecord(item: Item): Record {
  return { v: RECORD_VERSION, item };
}
