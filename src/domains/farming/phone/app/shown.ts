/** The diary as it is shown: what lies on this phone, and what only the commune has. Each entry once. Pure. */
import { asSent, type Bundle, type Kept } from '../core/bundle.ts';
import type { Item } from '../core/outbox.ts';

/** An entry with what the commune adds to it. */
export type Shown = Item & { kept: Kept | null };

/** The latest first, by the time of what they tell. */
export function shownEntries(items: readonly Item[], bundle: Bundle | null): Shown[] {
  const kept = new Map((bundle?.entries ?? []).map((one) => [one.id, one]));
  const here = new Set(items.map(({ id }) => id));
  const own = items.map((item) => ({ ...item, kept: kept.get(item.id) ?? null }));
  const others = [...kept.values()].filter(({ id }) => !here.has(id)).map(ofCommune);
  const known = new Set([...here, ...kept.keys()]);
  const refused = (bundle?.refusals ?? []).flatMap((one) => ofRefusal(one, known, kept));
  const at = ({ entry }: Shown) => new Date(entry.happened_at).getTime() || 0;
  return [...own, ...others, ...refused].toSorted((a, b) => at(b) - at(a) || b.seq - a.seq);
}

function ofCommune(kept: Kept): Shown {
  const nothing = { seq: 0, photos: [], attempts: 1 };
  const told = { codes: [...kept.remarks], answeredAt: kept.received_at };
  return { id: kept.id, state: 'saved', entry: asSent(kept), ...nothing, ...told, kept };
}

/** A refusal that this phone knows only from the commune: written on another one, or on this one long ago. */
function ofRefusal(
  { entry_id, entry_json, codes, at }: Bundle['refusals'][number],
  known: Set<string>,
  kept: ReadonlyMap<string, Kept>,
): Shown[] {
  if (entry_id === null || known.has(entry_id) || kept.has(entry_id)) return [];
  known.add(entry_id);
  const entry = readEntry(entry_json);
  if (!entry) return [];
  const nothing = { seq: 0, photos: [], attempts: 1, kept: null };
  return [{ id: entry_id, state: 'refused', entry, codes: [...codes], answeredAt: at, ...nothing }];
}

/** What was refused may be anything: shown is what has the shape of an entry. */
function readEntry(json: string): Item['entry'] | null {
  try {
    const entry = JSON.parse(json) as Partial<Item['entry']> | null;
    const sound = Array.isArray(entry?.plot_ids) && typeof entry.details === 'object' && 'kind' in entry;
    return sound ? (entry as Item['entry']) : null;
  } catch {
    return null;
  }
}
