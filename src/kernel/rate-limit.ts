/**
 * How often somebody may try. In memory: one process counts for itself, which is what an installation of
 * one machine has.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from './errors.ts';

export type Limit = RateLimiterMemory;

/** A limit of so many tries for each key in so many minutes. */
export function limitOf(tries: number, minutes: number): Limit {
  return new RateLimiterMemory({ points: tries, duration: minutes * 60 });
}

/** Counts one try. @throws AppError `too_many_requests` (429) with the seconds to wait */
export async function take(limit: Limit, key: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (refused) {
    throw tooMany(refused);
  }
}

/**
 * Counts a try before the work and gives it back when the work did not fail the way that counts. So a
 * thousand guesses at once are no more than the limit, and whoever is right tries as often as he likes.
 * @param counts whether what was thrown is a wrong try
 * @throws AppError `too_many_requests` (429), and what the work throws
 */
export async function countWrong<T>(
  tries: readonly (readonly [limit: Limit, key: string])[],
  work: () => Promise<T>,
  counts: (thrown: unknown) => boolean,
): Promise<T> {
  const taken: (readonly [Limit, string])[] = [];
  const giveBack = () => Promise.all(taken.map(([limit, key]) => limit.reward(key)));
  try {
    for (const one of tries) {
      await take(...one);
      taken.push(one);
    }
  } catch (refused) {
    await giveBack();
    throw refused;
  }
  try {
    const done = await work();
    await giveBack();
    return done;
  } catch (thrown) {
    if (!counts(thrown)) await giveBack();
    throw thrown;
  }
}

function tooMany(state: unknown): AppError {
  const milliseconds = (state as { msBeforeNext?: unknown }).msBeforeNext;
  if (typeof milliseconds !== 'number') throw state;
  return new AppError('too_many_requests', 429, { seconds: Math.max(1, Math.ceil(milliseconds / 1000)) });
}
