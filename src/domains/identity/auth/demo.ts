/** What the demo publishes. None of it opens anything where a real commune exists (see `onlyDemo`). */
import { totpAt } from './totp.ts';

/** The authenticator secret of every demo official, in base32: any authenticator app takes it. */
export const DEMO_TOTP_SECRET = 'XASODEMOXASODEMOXASODEMO';

/** The password of every demo official. */
export const DEMO_PASSWORD = 'doi che xanh buoi som';

/** The code that a demo official's authenticator shows now. */
export function demoTotp(now: Date): string {
  return totpAt(DEMO_TOTP_SECRET, now);
}
