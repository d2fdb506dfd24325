/**
 * What was worked out from a commune's records a moment ago, for as long as nothing was written there since. Never a
 * store: it lives in the process, at most a second, and whoever writes reads anew (docs/decisions/0054).
 */
import type { Ctx } from './context.ts';

/** Gives what was worked out under a key, or works it out. The answer is shared: nobody changes it. */
export type Recall = <T>(key: string, workOut: () => Promise<T>) => Promise<T>;

/** Writes of this process are seen at once; those of another one after this long. */
const KEPT_MS = 1000;
const MOST_KEPT = 400;

type Kept = { value: unknown; at: number; writes: number };
type Asked = Pick<Ctx, 'commune' | 'now' | 'trail'>;

export class Recent {
  /** Transactions of this process that wrote, by commune. */
  readonly #writes = new Map<number, number>();
  readonly #kept = new Map<string, Kept>();

  /** To be called when a transaction that did something has committed. */
  wrote(commune: number): void {
    this.#writes.set(commune, this.#writesOf(commune) + 1);
  }

  /** What a transaction may recall; to be made when it begins, so that what it reads is never taken for newer than it is. */
  during({ commune, now, trail }: Asked): Recall {
    const writes = this.#writesOf(commune.id);
    return async <T>(key: string, workOut: () => Promise<T>): Promise<T> => {
      if (trail.some(didSomething)) return workOut();
      const name = `${commune.id} ${key}`;
      const kept = this.#kept.get(name);
      const fresh = kept?.writes === this.#writesOf(commune.id);
      if (kept && fresh && Math.abs(now.getTime() - kept.at) <= KEPT_MS) return kept.value as T;
      const value = await workOut();
      this.#keep(name, { value, at: now.getTime(), writes });
      return value;
    };
  }

  #writesOf(commune: number): number {
    return this.#writes.get(commune) ?? 0;
  }

  /** The newest last, the oldest gone first. */
  #keep(name: string, kept: Kept): void {
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** Whether a note of the trail tells of a deed, not only of a look. */
export function didSomething({ outcome }: Ctx['trail'][number]): boolean {
  return outcome === 'done';
}
