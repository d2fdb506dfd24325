/** One person's storage on the phone: everything in it locked by his key. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Bundle } from './bundle.ts';
import type { Item } from './outbox.ts';
import { readRecord, writeRecord } from './records.ts';
import { lock, lockValue, unlock, unlockValue, type Box } from './vault.ts';

type Schema = DBSchema & {
  items: { key: string; value: { id: string; box: Box } };
  kept: { key: string; value: { name: string; box: Box } };
  photos: { key: string; value: { id: string; box: Box } };
};
/** Of the stores; what lies in them counts its own versions (records.ts). */
const STORAGE_VERSION = 2;
/** On the disk before it counts: a phone that loses power a moment later has it still. */
const DURABLE = { durability: 'strict' } as const;

/** The last bundle, with what the commune calls its state. */
export type KeptBundle = { bundle: Bundle; etag: string | null };

/** What a store tells of trouble around it. */
export type Trouble = {
  /** A newer program wants the storage: this one must let go. */
  outdated?: () => void;
};

export class Store {
  readonly person: string;
  readonly #key: CryptoKey;
  readonly #db: IDBPDatabase<Schema>;

  private constructor(person: string, key: CryptoKey, db: IDBPDatabase<Schema>) {
    this.person = person;
    this.#key = key;
    this.#db = db;
  }

  /** @throws DOMException `VersionError` where a newer program has been at it */
  static async open(person: string, key: CryptoKey, { outdated }: Trouble = {}): Promise<Store> {
    const db: IDBPDatabase<Schema> = await openDB<Schema>(nameOf(person), STORAGE_VERSION, {
      upgrade(upgraded, from) {
        if (from < 1) {
          upgraded.createObjectStore('items', { keyPath: 'id' });
          upgraded.createObjectStore('kept', { keyPath: 'name' });
        }
        if (from < 2) upgraded.createObjectStore('photos', { keyPath: 'id' });
      },
      blocking() {
        outdated?.();
        db.close();
      },
    });
    return new Store(person, key, db);
  }

  close(): void {
    this.#db.close();
  }

  /** Everything that was written here, in the order of writing. */
  async items(): Promise<Item[]> {
    const rows = await this.#db.getAll('items');
    const items = await Promise.all(rows.map((row) => this.#open(row)));
    return items.toSorted((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1));
  }

  /** Takes a new item in; resolves once it is on the disk. */
  add(item: Item): Promise<void> {
    return this.#alone(() => this.#put(item));
  }

  /**
   * Changes one item, after every change before it, whichever window made that. Resolves once it is on the disk.
   * @returns the item as it is now; undefined where there is none
   */
  change(id: string, move: (item: Item) => Item): Promise<Item | undefined> {
    return this.#alone(async () => {
      const row = await this.#db.get('items', id);
      if (!row) return undefined;
      const before = await this.#open(row);
      const after = move(before);
      if (after !== before) await this.#put(after);
      return after;
    });
  }

  /** Takes an item with its photos away, if `may` still says so. */
  forget(id: string, may: (item: Item) => boolean): Promise<void> {
    return this.#alone(async () => {
      const row = await this.#db.get('items', id);
      if (!row) return;
      const item = await this.#open(row);
      if (!may(item)) return;
      const change = this.#db.transaction(['items', 'photos'], 'readwrite', DURABLE);
      const gone = item.photos.map((photo) => change.objectStore('photos').delete(photo.id));
      await Promise.all([...gone, change.objectStore('items').delete(id), change.done]);
    });
  }

  async keptBundle(): Promise<KeptBundle | null> {
    return (await this.#read('bundle')) as KeptBundle | null;
  }

  /** An older bundle that comes late changes nothing. */
  keepBundle(kept: KeptBundle): Promise<void> {
    return this.#alone(async () => {
      const before = await this.keptBundle();
      if (before && before.bundle.serverTime > kept.bundle.serverTime) return;
      await this.#write('bundle', kept);
    });
  }

  async addPhoto(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const box = await lock(this.#key, bytes, this.#place('photos', id));
    const change = this.#db.transaction('photos', 'readwrite', DURABLE);
    await Promise.all([change.store.put({ id, box }), change.done]);
  }

  async photo(id: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const row = await this.#db.get('photos', id);
    return row ? unlock(this.#key, row.box, this.#place('photos', id)) : null;
  }

  async dropPhoto(id: string): Promise<void> {
    const change = this.#db.transaction('photos', 'readwrite', DURABLE);
    await Promise.all([change.store.delete(id), change.done]);
  }

  async #put(item: Item): Promise<void> {
    const { id } = item;
    const box = await lockValue(this.#key, writeRecord(item), this.#place('items', id));
    const change = this.#db.transaction('items', 'readwrite', DURABLE);
    await Promise.all([change.store.put({ id, box }), change.done]);
  }

  async #open({ id, box }: { id: string; box: Box }): Promise<Item> {
    return readRecord(await unlockValue(this.#key, box, this.#place('items', id)));
  }

  async #read(name: string): Promise<unknown> {
    const row = await this.#db.get('kept', name);
    return row ? unlockValue(this.#key, row.box, this.#place('kept', name)) : null;
  }

  async #write(name: string, value: unknown): Promise<void> {
    const box = await lockValue(this.#key, value, this.#place('kept', name));
    const change = this.#db.transaction('kept', 'readwrite', DURABLE);
    await Promise.all([change.store.put({ name, box }), change.done]);
  }

  #place(store: string, id: string): string {
    return `${this.person}/${store}/${id}`;
  }

  /** Reading, changing and writing are several steps, with locking between: one window at a time. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    return navigator.locks.request(`${nameOf(this.person)}/write`, work) as Promise<T>;
  }
}

/** Takes away everything that a person has on this phone. */
export async function dropStore(person: string): Promise<void> {
  await deleteDB(nameOf(person));
}

function nameOf(person: string): string {
  return `xa-diary-${person}`;
}
