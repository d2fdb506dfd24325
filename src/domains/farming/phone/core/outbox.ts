/**
 * What a phone has written down and has not yet seen kept by the commune. Pure.
 *
 * draft → waiting → sent → saved | refused. Nothing here forgets: only what the commune has confirmed may go, and
 * what it refused stays until something takes its place.
 */
import type { EntryInput, Outcome, Reason } from '../../diary/entry.ts';

export type State = 'draft' | 'waiting' | 'sent' | 'saved' | 'refused';

/** A photo of an entry; its bytes lie beside, under the same id. */
export type Photo = {
  id: string;
  size: number;
  /** SHA-256 of its bytes, hexadecimal. */
  digest: string;
  takenAt: string;
  /** The commune has it whole. */
  done: boolean;
  /** Why the commune will not have it. */
  refused: string | null;
};

export type Item = {
  /** Made here, and the commune's key too: the same id is the same entry, however often it is sent. */
  id: string;
  /** The order of writing on this phone: its clock may jump, this does not. */
  seq: number;
  state: State;
  entry: EntryInput;
  photos: Photo[];
  /** How often it left this phone, perhaps without an answer. */
  attempts: number;
  /** Why it was refused; of a saved one, what the commune does not know of it. */
  codes: Reason[];
  /** When the commune answered, by its clock. */
  answeredAt: string | null;
};

/** A move that the state does not allow: a fault of the program, never of a person. */
export class NotAllowed extends Error {}

/** Begins an entry. */
export function begin(entry: EntryInput, seq: number): Item {
  const nothing = { photos: [], attempts: 0, codes: [], answeredAt: null };
  return { id: entry.id, seq, state: 'draft', entry, ...nothing };
}

/** Writes on in a draft. @throws NotAllowed once it is written: it may be on its way already */
export function write(item: Item, entry: EntryInput, photos: Photo[] = item.photos): Item {
  only(item, 'draft');
  return { ...item, entry: { ...entry, id: item.id }, photos };
}

/** The person is done with it: from now on it waits for reception. */
export function finish(item: Item): Item {
  only(item, 'draft');
  return { ...item, state: 'waiting' };
}

/** Whether it may be changed as it stands: it has certainly never left this phone. */
export function isOpen(item: Item): boolean {
  return item.state === 'draft' || (item.state === 'waiting' && item.attempts === 0);
}

/** Takes a waiting entry back into the hand. */
export function reopen(item: Item): Item {
  if (!isOpen(item)) throw new NotAllowed(`${item.state} after ${item.attempts}`);
  return { ...item, state: 'draft' };
}

/** Noted before it leaves, so that a phone that dies now knows that the commune may have it. */
export function send(item: Item): Item {
  if (item.state !== 'waiting' && item.state !== 'sent') return item;
  return { ...item, state: 'sent', attempts: item.attempts + 1 };
}

/** No answer came: it waits again. The commune may have it all the same, and will know it by its id. */
export function lose(item: Item): Item {
  return item.state === 'sent' ? { ...item, state: 'waiting' } : item;
}

/**
 * The commune's answer, however late, often and out of order it comes. Kept is kept: an older refusal of the same
 * entry changes nothing then.
 */
export function take(item: Item, { state, codes }: Pick<Outcome, 'state' | 'codes'>, at: string): Item {
  if (item.attempts === 0 || item.state === 'saved') return item;
  return { ...item, state: state === 'accepted' ? 'saved' : 'refused', codes: [...codes], answeredAt: at };
}

/** The commune shows it in its own diary. */
export function seen(item: Item, at: string): Item {
  return take(item, { state: 'accepted', codes: item.state === 'saved' ? item.codes : [] }, at);
}

/** Sends a refused entry once more as it is: rights or labels may have come meanwhile. */
export function again(item: Item): Item {
  only(item, 'refused');
  return { ...item, state: 'waiting' };
}

/**
 * A draft that will take the place of a refused entry, or put right one that the commune has.
 * @param of the entry as it was sent
 */
export function correction(
  of: Pick<Item, 'entry' | 'state'>,
  { id, now, seq, voids = false }: { id: string; now: string; seq: number; voids?: boolean },
): Item {
  const { entry } = of;
  const refused = of.state === 'refused';
  if (!refused && of.state !== 'saved') throw new NotAllowed(of.state);
  const link = refused
    ? { corrects: entry.corrects ?? null, voids: entry.voids ?? false, instead_of: entry.id }
    : { corrects: entry.id, voids, instead_of: null };
  return begin({ ...entry, ...link, id, recorded_at: now }, seq);
}

/** Refused, and nothing that was finished has taken its place yet. */
export function isUnsettled(item: Item, items: readonly Item[]): boolean {
  if (item.state !== 'refused') return false;
  return !items.some(({ entry, state }) => entry.instead_of === item.id && state !== 'draft');
}

/** What is to be sent, in the order of writing. */
export function outgoing(items: readonly Item[]): Item[] {
  return items
    .filter(({ state }) => state === 'waiting' || state === 'sent')
    .toSorted((a, b) => a.seq - b.seq);
}

/** Photos that may go: the commune has their entry, and not yet them. */
export function outgoingPhotos(items: readonly Item[]): { item: Item; photo: Photo }[] {
  return items
    .filter(({ state }) => state === 'saved')
    .flatMap((item) => item.photos.map((photo) => ({ item, photo })))
    .filter(({ photo }) => !photo.done && photo.refused === null);
}

/** The commune shows it in its own diary, and has its photos: the phone need not keep a second copy. */
export function isKeptElsewhere(item: Item, shown: ReadonlySet<string>): boolean {
  return item.state === 'saved' && shown.has(item.id) && item.photos.every(({ done }) => done);
}

function only(item: Item, state: State): void {
  if (item.state !== state) throw new NotAllowed(`${item.state}, not ${state}`);
}
