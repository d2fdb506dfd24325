/** One who asks everything, and what stood in the answers. */
import { mark, marksIn, type Kind, type Place } from './marks.ts';
import { addressOf, leadsOf, routeOf, ROUTES } from './routes.ts';
import type { Answer, Asker } from './stage.ts';

type Seen = { place: Place; kind: Kind };
/** What came back from one address. `ids`: the planted things that it names although nobody asked for them by it. */
export type Heard = {
  status: number;
  seen: Seen[];
  ids: (Seen & { id: string })[];
  /** Sent to sign in. */
  toDoor: boolean;
};

const DOOR = /\/dang-nhap/;

/** Of one page with the same questions so many answers are asked for. */
const ALIKE = 2;
/** And of one page with any questions; those about a hamlet come on top. */
const SAME_PAGE = 12;

export class Walker {
  readonly heard = new Map<string, Heard>();
  readonly #asker: Asker;
  readonly #ask: (asker: Asker, path: string) => Promise<Answer>;
  readonly #ids: ReadonlyMap<string, Seen>;
  readonly #times = new Map<string, number>();

  constructor(
    asker: Asker,
    ask: (asker: Asker, path: string) => Promise<Answer>,
    ids: ReadonlyMap<string, Seen>,
  ) {
    this.#asker = asker;
    this.#ask = ask;
    this.#ids = ids;
  }

  /** Asks one address, unless it was asked before. @returns where its page leads */
  async visit(path: string): Promise<string[]> {
    if (this.heard.has(path)) return [];
    this.heard.set(path, { status: 0, seen: [], ids: [], toDoor: false });
    const { status, type, text, location } = await this.#ask(this.#asker, path);
    const ids = [...this.#ids].flatMap(([id, thing]) =>
      text.includes(id) && !path.includes(id) ? [{ id, ...thing }] : [],
    );
    // What somebody asked for by its word comes back in the page's own address.
    const asked = marksIn(decodeURIComponent(path)).map(({ place, kind }) => mark(place, kind));
    const seen = marksIn(text).filter(({ place, kind }) => !asked.includes(mark(place, kind)));
    this.heard.set(path, { status, seen, ids, toDoor: DOOR.test(location) });
    if (status >= 300 && status < 400) return leadsOf(`<a href="${location}"></a>`, path);
    return type.includes('text/html') ? leadsOf(text, path) : [];
  }

  /**
   * Begins at every page that needs no word in its address, and goes wherever pages lead.
   * @param elsewhere addresses that need not be gone to: a colleague was there
   */
  async wander(elsewhere: ReadonlySet<string> = new Set()): Promise<void> {
    let next = ROUTES.filter((route) => !route.includes('[')).map((route) => addressOf(route));
    while (next.length > 0) {
      const found = await inTurns(next, (path) => this.visit(path));
      next = [...new Set(found.flat())].filter(
        (path) => !this.heard.has(path) && !elsewhere.has(path) && this.#isNew(path),
      );
    }
  }

  /** Pages alike are asked for a few times only: by the same open words, and the same questions. */
  #isNew(path: string): boolean {
    const { pathname, searchParams } = new URL(path, 'http://x');
    const key = `${pathname}?${[...new Set(searchParams.keys())].sort().join('&')}`;
    const whole = /(?:hamlet|scope)/.test(key) ? key : pathname;
    return this.#count(key) <= ALIKE && this.#count(whole) <= SAME_PAGE;
  }

  #count(key: string): number {
    const times = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, times);
    return times;
  }

  /** The routes that answered with a page, or led on to another one. */
  get reached(): Set<string> {
    const open = [...this.heard].filter(
      ([, { status, toDoor }]) => status === 200 || (status === 303 && !toDoor),
    );
    return new Set(open.flatMap(([path]) => routeOf(path) ?? []));
  }
}

const AT_ONCE = 8;

/** A few at a time, so that the server is busy and not drowned. */
export async function inTurns<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = all.entries();
  const hand = async () => {
    for (const [at, one] of left) results[at] = await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
  return results;
}
