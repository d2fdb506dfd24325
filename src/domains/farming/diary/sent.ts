/** Entries as they arrive: read, fingerprinted, put into an order in which each finds what it builds on. Pure. */
import { createHash } from 'node:crypto';
import { isId } from '#kernel/ids';
import { faultsOf } from '#kernel/input';
import { Entry, type Outcome, type Reason } from './entry.ts';

export type Sent = {
  /** As it was sent, cut where it is no id. */
  id: string;
  entry: Entry | null;
  faults: Reason[];
  contentHash: string;
  /** As it was sent. */
  json: string;
  remarks: Reason[];
  byTechnician: boolean;
  outcome?: Outcome;
};

/** Characters of an entry that was refused that are kept. */
const MOST_KEPT = 20_000;

/** @param aheadMs by how much the sender's clock is ahead */
export function readSent(input: unknown, aheadMs: number): Sent {
  const json = textOf(input);
  const given = (input as { id?: unknown } | null)?.id;
  const id = typeof given === 'string' ? given.slice(0, 100) : '';
  const result = Entry.safeParse(input, { reportInput: true });
  const base = { id, json: json.slice(0, MOST_KEPT), remarks: [], byTechnician: false };
  if (!result.success) {
    const faults = Object.entries(faultsOf(result.error)).slice(0, 20);
    const reasons = faults.map(([field, code]) => ({ code, params: { field: field.slice(0, 60) } }));
    return { ...base, entry: null, faults: reasons, contentHash: hashOf(json) };
  }
  const contentHash = hashOf(JSON.stringify(sorted(result.data)));
  return { ...base, entry: putRight(result.data, aheadMs), faults: [], contentHash };
}

function textOf(input: unknown): string {
  try {
    return JSON.stringify(input) ?? 'null';
  } catch {
    // Nested deeper than can be written: such a thing is no entry.
    return '"?"';
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function putRight(entry: Entry, aheadMs: number): Entry {
  if (aheadMs === 0) return entry;
  const back = (at: Date) => new Date(at.getTime() - aheadMs);
  return { ...entry, happened_at: back(entry.happened_at), recorded_at: back(entry.recorded_at) };
}

/** By the time of what they tell; what is put right or replaced comes before what does it. */
export function inOrder(sent: readonly Sent[]): Sent[] {
  const byId = new Map(sent.map((one) => [one.entry?.id, one]));
  const done = new Set<Sent>();
  const ordered: Sent[] = [];
  const visit = (one: Sent): void => {
    if (done.has(one)) return;
    done.add(one);
    for (const before of [one.entry?.corrects, one.entry?.instead_of]) {
      const found = before ? byId.get(before) : undefined;
      if (found) visit(found);
    }
    ordered.push(one);
  };
  const time = ({ entry }: Sent) => entry?.happened_at.getTime() ?? 0;
  const first = (a: Sent, b: Sent) => time(a) - time(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  for (const one of sent.toSorted(first)) visit(one);
  return ordered;
}

/** The id where it is one of ours; what was refused may have anything there. */
export function entryIdOf({ id }: Sent): string | null {
  return isId(id) ? id : null;
}
