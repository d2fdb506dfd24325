/**
 * How often somebody may try, per phone, per account and per address. better-auth's own limits do not
 * cover calls from form actions.
 */
import { limitOf } from '#kernel/rate-limit';

export { countWrong, take } from '#kernel/rate-limit';

export type Limits = ReturnType<typeof makeLimits>;

/** Many citizens share one address (the commune's own network, a mobile provider), so addresses may try more. */
export function makeLimits() {
  return {
    /** Codes sent to one phone: each costs money and rings somewhere. */
    codesPerPhone: limitOf(5, 15),
    codesPerPhoneAndDay: limitOf(15, 24 * 60),
    codesPerAddress: limitOf(60, 15),
    /** Wrong passwords and authenticator codes for one account name, known or not. */
    failuresPerAccountAndAddress: limitOf(8, 15),
    /** The same from all addresses together: higher, so that a stranger cannot easily lock an officer out. */
    failuresPerAccount: limitOf(60, 15),
    /** Secrets asked for again inside a session: the current password, the 12-digit number. */
    secretsPerSession: limitOf(8, 60),
    /** Everything that is tried from one address. */
    triesPerAddress: limitOf(150, 15),
  };
}
