/**
 * How often somebody may try, per phone, per account and per address. In memory: one process counts for
 * itself, which is what an installation of one machine has. better-auth's own limits do not cover calls
 * from form actions.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '#kernel/errors';

export type Limits = ReturnType<typeof makeLimits>;

/** Many citizens share one address (the commune's own network, a mobile provider), so addresses may try more. */
export function makeLimits() {
  const limit = (points: number, minutes: number) =>
    new RateLimiterMemory({ points, duration: minutes * 60 });
  return {
    /** Codes sent to one phone: each costs money and rings somewhere. */
    codesPerPhone: limit(5, 15),
    codesPerPhoneAndDay: limit(15, 24 * 60),
    codesPerAddress: limit(60, 15),
    /** Wrong passwords and authenticator codes for one account name, known or not. */
    failuresPerAccountAndAddress: limit(8, 15),
    /** The same from all addresses together: higher, so that a stranger cannot easily lock an officer out. */
    failuresPerAccount: limit(60, 15),
    /** Everything that is tried from one address. */
    triesPerAddress: limit(150, 15),
  };
}

/** Counts one try. @throws AppError `too_many_requests` (429) with the seconds to wait */
export async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    throw tooMany(refused);
  }
}

/** Refuses when nothing is left, without counting. @throws AppError `too_many_requests` (429) */
export async function mustBeLeft(limiter: RateLimiterMemory, key: string): Promise<void> {
  const state = await limiter.get(key);
  if (state && state.consumedPoints >= limiter.points) throw tooMany(state);
}

function tooMany(state: unknown): AppError {
  const milliseconds = (state as { msBeforeNext?: unknown }).msBeforeNext;
  if (typeof milliseconds !== 'number') throw state;
  return new AppError('too_many_requests', 429, { seconds: Math.max(1, Math.ceil(milliseconds / 1000)) });
}
