/**
 * Carries entries to the commune and its diary back. It may end at any line, be begun anew any number of times and run
 * in two windows: what leaves is noted before, what is answered is noted before anything else is asked.
 */
import type { Outcome } from '../../diary/entry.ts';
import { isBundle, KNOWN_VERSION, type Bundle } from './bundle.ts';
import { ask, Ended, jsonOf, type End, type Ports } from './ask.ts';
import { isKeptElsewhere, lose, outgoing, outgoingPhotos, seen, send, take, type Item } from './outbox.ts';
import { sendPhoto } from './photos.ts';
import type { KeptBundle } from './store.ts';

/** Entries of one sending; the server takes 500, but a weak line rather gets through with few. */
const AT_ONCE = 50;

/** The ids that the commune shows, and whether its diary found room here. */
type Fetched = { shown: ReadonlySet<string>; room: boolean };

/** Sends what waits and fetches the commune's diary. Never throws for what the network or the commune does. */
export async function sync(ports: Ports): Promise<End> {
  try {
    let fetched = await fetchBundle(ports);
    const sent = await sendEntries(ports);
    const photos = await sendPhotos(ports);
    if (sent + photos > 0) fetched = await fetchBundle(ports);
    await tidy(ports, fetched.shown);
    return fetched.room ? 'done' : 'full';
  } catch (thrown) {
    if (thrown instanceof Ended) return thrown.end;
    throw thrown;
  }
}

async function fetchBundle(ports: Ports): Promise<Fetched> {
  const { device, person, store } = ports;
  const before = await store.keptBundle();
  const headers: HeadersInit = before?.etag ? { 'if-none-match': before.etag } : {};
  const query = new URLSearchParams({ device: device.id, name: device.name });
  const response = await ask(ports, `/du-lieu?${query}`, { headers, cache: 'no-store' });
  if (response.status === 304) return { shown: idsOf(before?.bundle), room: true };
  const bundle = await readBundle(response);
  if (bundle.person.id !== person) throw new Ended('other_person');
  if (bundle.version !== KNOWN_VERSION) throw new Ended('outdated');
  const room = await keepIfRoom(ports, { bundle, etag: response.headers.get('etag') });
  const shown = idsOf(bundle);
  for (const item of await store.items())
    if (shown.has(item.id) && item.state !== 'saved')
      await store.change(item.id, (one) => seen(one, bundle.serverTime));
  return { shown, room };
}

/** On a full phone the older diary stays: what waits is sent all the same, and what went makes room. */
async function keepIfRoom({ store }: Ports, kept: KeptBundle): Promise<boolean> {
  try {
    await store.keepBundle(kept);
    return true;
  } catch (thrown) {
    if ((thrown as Error | null)?.name !== 'QuotaExceededError') throw thrown;
    return false;
  }
}

function idsOf(bundle: Bundle | undefined): ReadonlySet<string> {
  return new Set(bundle?.entries.map(({ id }) => id));
}

/** Reads the answer of `/du-lieu`. @throws Ended where it is no bundle */
export async function readBundle(response: Response): Promise<Bundle> {
  const value = response.ok ? await jsonOf(response) : null;
  if (!isBundle(value)) throw new Ended('busy');
  return value;
}

/** @returns how many were answered */
async function sendEntries(ports: Ports): Promise<number> {
  const items = outgoing(await ports.store.items());
  let answered = 0;
  for (let at = 0; at < items.length; at += AT_ONCE)
    answered += await sendSome(ports, items.slice(at, at + AT_ONCE));
  return answered;
}

async function sendSome(ports: Ports, items: readonly Item[]): Promise<number> {
  const { store, device, now, person } = ports;
  const leaving: Item[] = [];
  for (const { id } of items) {
    const item = await store.change(id, send);
    if (item?.state === 'sent') leaving.push(item);
  }
  if (leaving.length === 0) return 0;
  const body = JSON.stringify({
    device_id: device.id,
    device_name: device.name,
    person_id: person,
    sent_at: now().toISOString(),
    entries: leaving.map(({ entry }) => entry),
  });
  try {
    return await post(ports, leaving, body);
  } catch (thrown) {
    for (const { id } of leaving) await store.change(id, lose);
    throw thrown;
  }
}

async function post(ports: Ports, items: readonly Item[], body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const response = await ask(ports, '/dong-bo', { method: 'POST', headers, body });
  if (!response.ok) return apart(ports, items, response);
  const answer = (await jsonOf(response)) as { serverTime?: unknown; results?: unknown } | null;
  if (typeof answer?.serverTime !== 'string' || !Array.isArray(answer.results)) throw new Ended('busy');
  for (const result of answer.results as Outcome[])
    await ports.store.change(result.id, (item) => take(item, result, answer.serverTime as string));
  // Not named in the answer: it waits on.
  for (const { id } of items) await ports.store.change(id, lose);
  return answer.results.length;
}

/** The whole sending was refused: each alone, so that one bad entry keeps no other back. */
async function apart(ports: Ports, items: readonly Item[], response: Response): Promise<number> {
  const { status } = response;
  // A fault of the commune's program is no answer to the entry.
  if (status >= 500) throw new Ended('busy');
  if (items.length > 1) {
    let answered = 0;
    for (const item of items) answered += await sendSome(ports, [item]);
    return answered;
  }
  const { code = 'farming.phone.unsendable', params = {} } = ((await jsonOf(response)) ?? {}) as Partial<
    Outcome['codes'][number]
  >;
  const refused = { state: 'refused' as const, codes: [{ code, params }] };
  const at = ports.now().toISOString();
  for (const { id } of items) await ports.store.change(id, (item) => take(item, refused, at));
  return items.length;
}

async function sendPhotos(ports: Ports): Promise<number> {
  let sent = 0;
  for (const { item, photo } of outgoingPhotos(await ports.store.items())) {
    const refused = await sendPhoto(ports, item.id, photo);
    const settled = { ...photo, done: refused === null, refused };
    await ports.store.change(item.id, (one) => ({
      ...one,
      photos: one.photos.map((other) => (other.id === photo.id ? settled : other)),
    }));
    sent += 1;
  }
  return sent;
}

async function tidy({ store }: Ports, shown: ReadonlySet<string>): Promise<void> {
  const items = await store.items();
  const refused = new Set(items.filter(({ state }) => state === 'refused').map(({ id }) => id));
  for (const item of items)
    // What took a refused one's place tells that it did.
    if (isKeptElsewhere(item, shown) && !refused.has(item.entry.instead_of ?? ''))
      await store.forget(item.id, (one) => isKeptElsewhere(one, shown));
}
