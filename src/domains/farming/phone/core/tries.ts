/** How often a PIN may be guessed. Pure. */

export type Tries = {
  /** Wrong ones in a row; counted before each look, so that ending the program takes none back. */
  failed: number;
  /** When the last one was, by the phone's clock (ms). */
  at: number;
};

export const NO_TRIES: Tries = { failed: 0, at: 0 };
/** Wrong ones that cost nothing: fingers slip. */
const FREE = 5;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** The wait after so many wrong ones (ms): a minute after the fifth, then twice as long each time, at most a day. */
export function waitAfter(failed: number): number {
  if (failed < FREE) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (failed - FREE), LONGEST_WAIT_MS);
}

/** How long until the next try (ms). A clock that was turned back neither shortens the wait nor makes it endless. */
export function waitLeft({ failed, at }: Tries, now: number): number {
  const wait = waitAfter(failed);
  return Math.min(wait, Math.max(0, at + wait - now));
}

/** One more that may turn out to be wrong. */
export function oneMore({ failed }: Tries, now: number): Tries {
  return { failed: failed + 1, at: now };
}
