/** How a sync asks the commune, and how it may end. */
import type { Item } from './outbox.ts';
import type { KeptBundle } from './store.ts';

/** What a sync needs of the storage and the network. */
export type Ports = {
  person: string;
  device: { id: string; name: string };
  /** Of the sync edge: `/nhat-ky`. */
  root: string;
  store: {
    items(): Promise<Item[]>;
    change(id: string, move: (item: Item) => Item): Promise<Item | undefined>;
    forget(id: string, may: (item: Item) => boolean): Promise<void>;
    keptBundle(): Promise<KeptBundle | null>;
    keepBundle(kept: KeptBundle): Promise<void>;
    photo(id: string): Promise<Uint8Array<ArrayBuffer> | null>;
  };
  /** `fetch`; it rejects where there is no reception. */
  ask: (path: string, init?: RequestInit) => Promise<Response>;
  now: () => Date;
  /** Hears after each answer by how much this phone's clock is ahead of the commune's (ms, to the second). */
  clock?: (aheadMs: number) => void;
};

/**
 * How it went. `signed_out`: sign in again. `other_person`: somebody else is signed in, nothing was sent in his name.
 * `shut_out`: this phone was reported lost. `outdated`: the commune speaks a newer language.
 * `full`: what was written here went, but the commune's newest diary found no room on the phone.
 */
export type End =
  'done' | 'full' | 'offline' | 'busy' | 'signed_out' | 'other_person' | 'shut_out' | 'refused' | 'outdated';

/** Thrown inside, told outside as the end. */
export class Ended extends Error {
  readonly end: End;
  constructor(end: End) {
    super(end);
    this.end = end;
  }
}

/** Asks; what can only be told as an end of the whole sync is thrown. @throws Ended */
export async function ask(ports: Ports, path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await ports.ask(`${ports.root}${path}`, { credentials: 'same-origin', ...init });
  } catch {
    throw new Ended('offline');
  }
  const { status } = response;
  const told = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(told)) ports.clock?.(ports.now().getTime() - told);
  if (response.redirected || status === 401) throw new Ended('signed_out');
  if (status === 429 || status === 502 || status === 503 || status === 504) throw new Ended('busy');
  if (status === 403) throw new Ended(await whyNot(response));
  return response;
}

async function whyNot(response: Response): Promise<End> {
  const { code } = ((await jsonOf(response)) ?? {}) as { code?: string };
  if (code === 'farming.device.shut_out') return 'shut_out';
  return code === 'farming.sync.other_person' ? 'other_person' : 'refused';
}

/** What a response says in JSON; null where that is none. */
export async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // A line that broke off, or a page of somebody who stands between.
    return null;
  }
}
