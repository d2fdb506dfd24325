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

/** The sender's clock at the moment of sending, beside the commune's. */
export type Clocks = { phone: Date; commune: Date };

/** Minutes that clocks may differ by before times are put right. */
const SLACK_MS = 10 * 60_000;
/** Days, longer than anybody stays without reception. */
const LONGEST_AWAY_MS = 60 * 86_400_000;

/** @param clocks null where the sender has none of its own, as a form */
export function readSent(input: unknown, clocks: Clocks | null): Sent {
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
  return { ...base, entry: putRight(result.data, clocks), faults: [], contentHash };
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

/**
 * By how much a clock that is wrong was wrong when the entry was written (ms): as much as when it was sent, unless what
 * was written tells otherwise. Written after the moment of sending: it was put back since. Ahead by more than anybody
 * stays away, and yet nothing of the future: it jumped since.
 */
function aheadWhenWritten({ recorded_at }: Entry, { phone, commune }: Clocks): number {
  const ahead = phone.getTime() - commune.getTime();
  if (ahead > 0) return ahead > LONGEST_AWAY_MS && recorded_at <= commune ? 0 : ahead;
  return -ahead <= SLACK_MS || recorded_at > phone ? 0 : ahead;
}

function putRight(entry: Entry, clocks: Clocks | null): Entry {
  const ahead = clocks ? aheadWhenWritten(entry, clocks) : 0;
  if (ahead === 0) return entry;
  const moved = (at: Date) => new Date(at.getTime() - ahead);
  return { ...entry, happened_at: moved(entry.happened_at), recorded_at: moved(entry.recorded_at) };
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
