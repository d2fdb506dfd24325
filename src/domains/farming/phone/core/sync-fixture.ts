/** A phone's storage that can die at any step, a commune, and a line that loses, doubles and turns round; for tests. */
import type { EntryInput, Outcome } from '../../diary/entry.ts';
import type { Bundle, Kept } from './bundle.ts';
import type { Item } from './outbox.ts';
import type { KeptBundle } from './store.ts';
import type { Ports } from './ask.ts';

export class Killed extends Error {}
export const PERSON = 'person';

type Asked = { path: string; init: RequestInit };

/** What a commune does, as far as a phone sees it; whether an entry is refused depends on the entry alone. */
export class Commune {
  readonly kept = new Map<string, EntryInput>();
  readonly photos = new Map<string, Uint8Array>();
  taken = 0;
  signedIn: string | null = PERSON;
  shutOut = false;
  #clock = 0;

  answer({ path, init }: Asked): Response {
    if (this.signedIn === null) return json({ code: 'sign_in_needed' }, 401);
    if (this.shutOut) return json({ code: 'farming.device.shut_out' }, 403);
    if (path.startsWith('/du-lieu')) return json(this.#bundle());
    if (path.startsWith('/anh/')) return this.#photo(path, init);
    const { entries, person_id } = JSON.parse(String(init.body)) as {
      entries: EntryInput[];
      person_id: string;
    };
    if (person_id !== this.signedIn) return json({ code: 'farming.sync.other_person' }, 403);
    return json({ serverTime: this.#time(), results: entries.map((entry) => this.#take(entry)) });
  }

  #take(entry: EntryInput): Outcome {
    const { id } = entry;
    const known = this.kept.get(id);
    const refused = (code: string): Outcome => ({ id, state: 'refused', codes: [{ code, params: {} }] });
    if (known && JSON.stringify(known) !== JSON.stringify(entry)) return refused('farming.entry.id_reused');
    if (!known && isBad(entry)) return refused('farming.entry.to_come');
    if (!known) this.taken += 1;
    this.kept.set(id, entry);
    return { id, state: 'accepted', codes: [] };
  }

  /** The first and the second half of a photo. */
  #photo(path: string, { method, headers, body }: RequestInit): Response {
    const given = new Headers(headers);
    const have = this.photos.get(path) ?? new Uint8Array();
    const size = Number(given.get('upload-length') ?? NaN);
    const state = (bytes: Uint8Array, status = 200) => {
      const complete = bytes.length === size || (Number.isNaN(size) && bytes.at(-1) === 9) ? '?1' : '?0';
      return new Response(method === 'HEAD' ? null : '{}', {
        status,
        headers: { 'upload-offset': String(bytes.length), 'upload-complete': complete },
      });
    };
    if (method === 'HEAD') return have.length === 0 ? new Response(null, { status: 404 }) : state(have);
    if (Number(given.get('upload-offset')) !== have.length) return state(have, 409);
    const bytes = new Uint8Array([...have, ...(body as Uint8Array).slice(0, 2)]);
    this.photos.set(path, bytes);
    return state(bytes);
  }

  #time(): string {
    return new Date(Date.UTC(2026, 10, 23) + 1_000 * this.#clock++).toISOString();
  }

  #bundle(): Bundle {
    const person = { id: this.signedIn!, name: 'Mẫu', household_id: 'household' };
    const nothing = { holders: [], plots: [], products: [], labels: [], stock: [], refusals: [] };
    const entries = [...this.kept.keys()].map((id) => ({ id }) as Kept);
    return { version: 1, serverTime: this.#time(), person, ...nothing, entries, intervals: [] };
  }
}

/** What the commune of these tests refuses. */
export const isBad = (entry: EntryInput): boolean =>
  'what' in entry.details && entry.details.what.startsWith('x');

/** What one request meets: the line drops it, the answer is lost, or it arrives twice. */
export type Weather = 'fine' | 'request lost' | 'answer lost' | 'doubled' | 'commune down';

export class Phone {
  readonly items = new Map<string, Item>();
  readonly photos = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Everything that ever left, to be replayed. */
  readonly air: Asked[] = [];
  #kept: KeptBundle | null = null;
  /** Steps until the phone dies. */
  life = Infinity;
  weather: Weather[] = [];
  /** By how much the clock is wrong (ms). */
  skew = 0;
  readonly #commune: Commune;
  readonly person: string;

  constructor(commune: Commune, person = PERSON) {
    this.#commune = commune;
    this.person = person;
  }

  ports(): Ports {
    return {
      person: this.person,
      device: { id: 'device', name: 'Điện thoại mẫu' },
      root: '',
      now: () => new Date(Date.UTC(2026, 10, 23) + this.skew),
      ask: (path, init = {}) => this.#ask({ path, init }),
      store: {
        items: () => this.#step(() => [...this.items.values()].map((item) => structuredClone(item))),
        change: (id, move) => this.#step(() => this.#change(id, move)),
        forget: (id, may) =>
          this.#step(() => {
            const item = this.items.get(id);
            if (item && may(item)) this.items.delete(id);
          }),
        keptBundle: () => this.#step(() => this.#kept),
        keepBundle: (kept) => this.#step(() => void (this.#kept = kept)),
        photo: (id) => this.#step(() => this.photos.get(id) ?? null),
      },
    };
  }

  put(item: Item): void {
    this.items.set(item.id, structuredClone(item));
  }

  #change(id: string, move: (item: Item) => Item): Item | undefined {
    const item = this.items.get(id);
    if (!item) return undefined;
    const after = move(structuredClone(item));
    this.items.set(id, after);
    return structuredClone(after);
  }

  /** Dies before the step or after it: on even lives what it did is on the disk already. */
  async #step<T>(work: () => T): Promise<T> {
    this.life -= 1;
    if (this.life < 0) throw new Killed();
    const done = work();
    this.life -= 1;
    if (this.life < 0) throw new Killed();
    return done;
  }

  #ask(asked: Asked): Promise<Response> {
    return this.#step(() => {
      const weather = this.weather.shift() ?? 'fine';
      this.air.push(asked);
      if (weather === 'request lost') throw new TypeError('no reception');
      if (weather === 'commune down') return new Response('…', { status: 503 });
      const answer = this.#commune.answer(asked);
      if (weather === 'doubled') return this.#commune.answer(asked);
      if (weather === 'answer lost') throw new TypeError('no reception');
      return answer;
    });
  }
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { etag: '"x"' } });
}
