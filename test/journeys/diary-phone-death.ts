/** How a phone dies at one exact step of the diary: handed into its pages before anything of ours runs there. */

/**
 * `after`: the step is done and the program never learns of it. `during`: it has begun, and may or may not come to its
 * end. The phone dies at the first step that is not `known`.
 */
export type Death = { when: 'after' | 'during'; known: string[] };

type Dying = { xaDies: (step: string) => void };

/**
 * Runs in the page. A step is a change of a person's storage, or an answer of the commune. Its name says after which
 * answer it came, so that the same code at another place of the story is another step.
 */
export function watchSteps({ when, known }: Death): void {
  const { xaDies } = globalThis as unknown as Dying;
  let last = 'opened';
  let writes = 0;
  let dead = false;

  const isLast = (step: string): boolean => {
    if (dead) return true;
    dead = !known.includes(step);
    if (dead) xaDies(step);
    return dead;
  };

  const reallyFetch = globalThis.fetch;
  globalThis.fetch = async (asked, init) => {
    const found = /\/nhat-ky\/(du-lieu|dong-bo|anh)/.exec(String(asked))?.[1];
    if (!found) return reallyFetch(asked, init);
    const name = `${init?.method ?? 'GET'} ${found}`;
    const before = last;
    if (when === 'during' && isLast(`${before} > ${name}`)) return new Promise(() => undefined);
    const answer = await reallyFetch(asked, init);
    [last, writes] = [name, 0];
    if (when === 'after' && isLast(`${before} > ${name}`)) return new Promise(() => undefined);
    return answer;
  };

  const reallyChange = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const change = reallyChange.call(this, stores, mode, options);
    if (mode !== 'readwrite' || !this.name.startsWith('xa-diary-')) return change;
    const step = `${last} > write ${[stores].flat().join('+')} ${++writes}`;
    if (when === 'during') isLast(step);
    // Ours is asked before the program's own: what is stopped here it never hears.
    change.addEventListener('complete', (event) => {
      if (dead || (when === 'after' && isLast(step))) event.stopImmediatePropagation();
    });
    return change;
  };
}

/**
 * Runs in the page: puts a person's storage back into the shape in which the first program left it, with all that
 * was written and not sent.
 */
export async function asOlderProgram({ pin }: { pin: string }): Promise<number> {
  type Box = { iv: BufferSource; data: BufferSource };
  type Row = { id: string; box: Box };
  type Secret = { id: string; pin: { salt: BufferSource; iterations: number; box: Box } };
  const asked = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  const open = async <T>(name: string, store: string): Promise<T[]> => {
    const db = await asked(indexedDB.open(name));
    const rows = await asked<T[]>(db.transaction(store).objectStore(store).getAll());
    db.close();
    return rows;
  };
  const text = new TextEncoder();
  const [who] = await open<Secret>('xa-diary', 'people');
  const { salt, iterations, box } = who!.pin;
  const base = await crypto.subtle.importKey('raw', text.encode(pin), 'PBKDF2', false, ['deriveKey']);
  const stretched = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  );
  const how = (iv: BufferSource, place: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: text.encode(place),
  });
  const raw = await crypto.subtle.decrypt(how(box.iv, 'key'), stretched, box.data);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const name = `xa-diary-${who!.id}`;
  const olds: Row[] = [];
  for (const row of await open<Row>(name, 'items')) {
    const place = `${who!.id}/items/${row.id}`;
    const plain = await crypto.subtle.decrypt(how(row.box.iv, place), key, row.box.data);
    const { id, seq, state, entry } = JSON.parse(new TextDecoder().decode(plain)).item;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const old = text.encode(JSON.stringify({ v: 1, item: { id, seq, state, entry } }));
    olds.push({ id, box: { iv, data: await crypto.subtle.encrypt(how(iv, place), key, old) } });
  }
  const kept = await open<{ name: string }>(name, 'kept');
  await asked(indexedDB.deleteDatabase(name));
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    const items = opening.result.createObjectStore('items', { keyPath: 'id' });
    const bundles = opening.result.createObjectStore('kept', { keyPath: 'name' });
    for (const old of olds) items.put(old);
    for (const one of kept) bundles.put(one);
  };
  (await asked(opening)).close();
  return olds.length;
}
