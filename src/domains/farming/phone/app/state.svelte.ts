/** The diary as it runs: who has it open, what is written, what the commune said. */
import { newId } from '#kernel/ids';
import { Ended, type End } from '../core/ask.ts';
import type { Bundle } from '../core/bundle.ts';
import { correction, isUnsettled, lose, outgoing, type Item, type Photo } from '../core/outbox.ts';
import { deviceId, dropPerson, listPeople, wipePhone, type PhonePerson } from '../core/people.ts';
import { NewerRecord } from '../core/records.ts';
import { Store } from '../core/store.ts';
import { readBundle, sync } from '../core/sync.ts';

/** A clock may differ so much (ms) before its owner is told. */
const CLOCK_SLACK = 10 * 60_000;
/** Between syncs while the page is in front (ms). */
const EVERY = 120_000;

export class Diary {
  people = $state.raw<PhonePerson[]>([]);
  /** Null while locked. */
  store = $state.raw<Store | null>(null);
  name = $state('');
  items = $state.raw<Item[]>([]);
  bundle = $state.raw<Bundle | null>(null);
  /** Nothing is known yet of this phone. */
  starting = $state(true);
  syncing = $state(false);
  end = $state<End | null>(null);
  /** Whether the browser promised to keep what lies here; null while that is not known. */
  persisted = $state<boolean | null>(null);
  /** A newer program has been at the storage. */
  outdated = $state(false);
  /** Something could not be done, perhaps because the phone is full: it is not passed over. */
  failed = $state(false);
  /** A new version of the program waits to be taken. */
  update = $state.raw<ServiceWorker | null>(null);
  now = $state.raw(new Date());
  /** By how much this phone's clock was ahead of the commune's at its last answer (ms). */
  ahead = $state(0);
  readonly root: string;

  readonly waiting = $derived(outgoing(this.items));
  readonly drafts = $derived(this.items.filter(({ state }) => state === 'draft'));
  readonly refused = $derived(this.items.filter((item) => isUnsettled(item, this.items)));

  /** The clock is wrong: it differed at the last answer, or stands before the commune's last word. */
  readonly clockWrong = $derived(
    Math.abs(this.ahead) > CLOCK_SLACK ||
      (this.bundle !== null && Date.parse(this.bundle.serverTime) - this.now.getTime() > CLOCK_SLACK),
  );

  /** @param root public address of the diary: `/nhat-ky` */
  constructor(root: string) {
    this.root = root;
  }

  async start(): Promise<() => void> {
    this.people = await listPeople();
    this.persisted = (await navigator.storage?.persisted?.()) ?? false;
    this.starting = false;
    const look = () => {
      this.now = new Date();
      if (document.visibilityState === 'visible') void this.sync();
    };
    const timer = setInterval(look, EVERY);
    addEventListener('online', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      removeEventListener('online', look);
      document.removeEventListener('visibilitychange', look);
    };
  }

  /** Shown only with what lies in it: nobody writes into a diary that still looks empty. */
  async open({ id, name }: { id: string; name: string }, key: CryptoKey): Promise<void> {
    const store = await Store.open(id, key, { outdated: () => (this.outdated = true) });
    // What was on its way when the phone died waits again.
    for (const item of await store.items()) if (item.state === 'sent') await store.change(item.id, lose);
    const [items, kept] = await Promise.all([store.items(), store.keptBundle()]);
    Object.assign(this, { store, name, items, bundle: kept?.bundle ?? null, now: new Date() });
    void this.sync();
  }

  async read(): Promise<void> {
    const { store } = this;
    if (!store) return;
    const [items, kept] = await Promise.all([store.items(), store.keptBundle()]);
    if (this.store !== store) return;
    [this.items, this.bundle, this.now] = [items, kept?.bundle ?? null, new Date()];
  }

  /** Writes on in a draft: at once for whoever turns to another screen and back, then on the disk. */
  async writeOn(id: string, move: (item: Item) => Item): Promise<void> {
    const { store } = this;
    const put = (now: (item: Item) => Item) =>
      (this.items = this.items.map((item) => (item.id === id ? now(item) : item)));
    put((item) => (item.state === 'draft' ? move(item) : item));
    const kept = await store?.change(id, move);
    if (kept && this.store === store) put((item) => (item.state === 'draft' ? kept : item));
  }

  /**
   * Goes on with a draft that puts an entry right, or begins one. Its photos go with what takes a refused one's place:
   * the commune has none of them.
   * @returns the draft's id
   */
  async correct(item: Item, voids: boolean): Promise<string> {
    const store = this.store!;
    const begun = this.items.find(
      ({ state, entry }) =>
        state === 'draft' &&
        (item.state === 'refused'
          ? entry.instead_of === item.id
          : entry.corrects === item.id && (entry.voids ?? false) === voids),
    );
    if (begun) return begun.id;
    const photos: Photo[] = [];
    for (const photo of item.state === 'refused' ? item.photos : []) {
      const bytes = await store.photo(photo.id);
      if (!bytes) continue;
      const id = this.newId();
      await store.addPhoto(id, bytes);
      photos.push({ ...photo, id });
    }
    const how = { id: this.newId(), now: new Date().toISOString(), seq: this.nextSeq(), voids };
    await store.add({ ...correction(item, how), photos });
    await this.read();
    return how.id;
  }

  /** What nobody caught: a newer program's storage, a full one, a damaged one. Told, whatever it is. */
  fail(thrown: unknown): void {
    const newer = thrown instanceof NewerRecord || (thrown as Error | null)?.name === 'VersionError';
    if (newer) this.outdated = true;
    else this.failed = true;
  }

  lock(): void {
    this.store?.close();
    Object.assign(this, { store: null, items: [], bundle: null, end: null, name: '' });
    location.hash = '';
  }

  /** Sends and fetches; one window at a time. */
  async sync(): Promise<void> {
    const { store } = this;
    if (!store || this.syncing) return;
    this.syncing = true;
    try {
      await navigator.locks.request(`xa-diary-${store.person}/sync`, { ifAvailable: true }, async (lock) => {
        if (lock) this.end = await this.#sync(store);
      });
    } finally {
      this.syncing = false;
      if (this.store === store && this.end !== 'shut_out') await this.read();
    }
  }

  async #sync(store: Store): Promise<End> {
    const end = await sync({
      person: store.person,
      device: { id: await deviceId(), name: phoneName() },
      root: this.root,
      store,
      ask: (path, init) => fetch(path, init),
      now: () => new Date(),
      clock: (ahead) => (this.ahead = ahead),
    });
    if (end === 'shut_out') await this.wipe();
    return end;
  }

  /** This phone was reported lost. */
  async wipe(): Promise<void> {
    this.store?.close();
    await wipePhone();
    Object.assign(this, { store: null, items: [], bundle: null, name: '', people: [] });
  }

  async remove(id: string): Promise<void> {
    this.lock();
    await dropPerson(id);
    this.people = await listPeople();
  }

  /** Who is signed in at the commune now, to be taken onto this phone. @throws Ended */
  async askWho(): Promise<Bundle['person']> {
    let response: Response;
    try {
      response = await fetch(`${this.root}/du-lieu`, { cache: 'no-store' });
    } catch {
      throw new Ended('offline');
    }
    if (response.status === 401 || response.redirected) throw new Ended('signed_out');
    return (await readBundle(response)).person;
  }

  async askToPersist(): Promise<void> {
    this.persisted = (await navigator.storage?.persist?.()) ?? false;
  }

  nextSeq(): number {
    return Math.max(0, ...this.items.map(({ seq }) => seq)) + 1;
  }

  newId(): string {
    return newId();
  }
}

/** As its owner will know it again in the list of phones. */
function phoneName(): string {
  const found = /\(([^)]*)\)/.exec(navigator.userAgent)?.[1] ?? navigator.userAgent;
  return found.slice(0, 60);
}
