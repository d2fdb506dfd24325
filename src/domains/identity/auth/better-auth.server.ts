/**
 * better-auth, set up for this house: identities in schema `auth` under a role of its own, called from form
 * actions only (its HTTP handler is not mounted). A session says how it was proved: `secondFactor` is set
 * here, by the door through which the person came, and by nothing else.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { betterAuth } from 'better-auth';
import { genericOAuth, phoneNumber, twoFactor } from 'better-auth/plugins';
import type pg from 'pg';
import { PASSWORD_LENGTH } from './password.ts';
import { providerSettings, type Claims, type OidcProvider } from './oidc.ts';
import { ISSUER } from './totp.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** A citizen's phone stays signed in; a desk does not stay open over night (NIST SP 800-63B, AAL2: 12 h). */
export const SESSION_SECONDS = { citizen: 30 * 24 * HOUR, staff: 12 * HOUR, enrolling: 15 * MINUTE } as const;

/** The public address under which identity providers send people back, `<base>/callback/<provider>`. */
export const OIDC_BASE_PATH = '/dang-nhap/oidc';
export const COOKIE_PREFIX = 'xa';
const SECOND_FACTOR_DOORS = new Set(['/two-factor/verify-totp', '/two-factor/verify-backup-code']);

export type BetterAuthSettings = {
  pool: pg.Pool;
  secret: string;
  /** Where links lead when no request tells the host. */
  origin: string;
  providers: readonly OidcProvider[];
  /** Whether this pass was made for this phone a moment ago, by the check of the one-time code. */
  redeemPass: (phone: string, pass: string) => boolean;
  /** Hears the token of a one-time link. */
  tellLink: (token: string) => void;
};

/** What the provider said of the person who comes back in the current request. */
export const arrival = new AsyncLocalStorage<{ claims: Claims | null }>();

export type BetterAuth = ReturnType<typeof makeBetterAuth>;

export function makeBetterAuth(settings: BetterAuthSettings) {
  return betterAuth({
    appName: ISSUER,
    database: settings.pool,
    secret: settings.secret,
    basePath: OIDC_BASE_PATH,
    // Any host: whoever asks under a name that is no commune's has been refused before this is reached.
    baseURL: { allowedHosts: ['*'], fallback: settings.origin },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: ADVANCED,
    user: { additionalFields: USER_FIELDS },
    session: {
      expiresIn: SESSION_SECONDS.citizen,
      disableSessionRefresh: true,
      // "Just signed in" is not asked for again: the staff door proves two factors each time.
      freshAge: 0,
      additionalFields: SESSION_FIELDS,
    },
    // One-time links and sign-in challenges are found by their hash: a stolen backup opens nothing.
    verification: { storeIdentifier: 'hashed' },
    account: { accountLinking: { disableImplicitLinking: true, allowDifferentEmails: true } },
    emailAndPassword: {
      ...PASSWORDS,
      sendResetPassword: async ({ token }) => settings.tellLink(token),
    },
    databaseHooks: {
      session: { create: { before: markSession(settings.providers) } },
      // The provider's tokens are of no use here after sign-in: what is not kept cannot leak.
      account: { create: { before: dropTokens }, update: { before: dropTokens } },
    },
    // Written out, not put together: a spread would lose the plugins' calls from `api`.
    plugins: [
      phoneNumber(phoneOptions(settings)),
      twoFactor({ issuer: ISSUER }),
      genericOAuth({ config: settings.providers.map((one) => providerSettings(one, hearClaims)) }),
    ],
  });
}

const ADVANCED = {
  cookiePrefix: COOKIE_PREFIX,
  // The name stays the same on http and https; the edge sets Secure by the request's own protocol.
  useSecureCookies: false,
  trustedProxyHeaders: true,
  ipAddress: { ipAddressHeaders: ['x-real-ip'] },
};

const USER_FIELDS = {
  homeCommune: { type: 'number', required: false, input: false },
  demo: { type: 'boolean', required: false, defaultValue: false, input: false },
} as const;

const SESSION_FIELDS = {
  secondFactor: { type: 'boolean', required: false, defaultValue: false, input: false },
} as const;

const PASSWORDS = {
  enabled: true,
  disableSignUp: true,
  minPasswordLength: PASSWORD_LENGTH.min,
  maxPasswordLength: PASSWORD_LENGTH.max,
  resetPasswordTokenExpiresIn: 24 * HOUR,
  revokeSessionsOnPasswordReset: true,
};

function phoneOptions({ redeemPass }: BetterAuthSettings) {
  return {
    // Codes are made, kept and checked in one-time-code.ts; this plugin only opens the session.
    sendOTP: () => Promise.reject(new Error('Codes are sent by requestCode')),
    verifyOTP: ({ phoneNumber: phone, code }: { phoneNumber: string; code: string }) =>
      redeemPass(phone, code),
    signUpOnVerification: {
      getTempEmail: (phone: string) => `${phone.replace('+', '')}@phone.invalid`,
      getTempName: () => '',
    },
  };
}

type Door = { path?: string; params?: unknown } | null;

/** Writes into a new session how it was proved, and how long that holds. */
function markSession(providers: readonly OidcProvider[]) {
  const strong = new Set(providers.filter((one) => one.secondFactor).map((one) => one.id));
  return async <T extends object>(session: T, door: Door) => {
    const path = door?.path ?? '';
    const provider = (door?.params as { id?: string } | undefined)?.id ?? '';
    const secondFactor = SECOND_FACTOR_DOORS.has(path) || (path === '/callback/:id' && strong.has(provider));
    const kind = secondFactor ? 'staff' : path === '/sign-in/email' ? 'enrolling' : 'citizen';
    const expiresAt = new Date(Date.now() + SESSION_SECONDS[kind] * 1000);
    return { data: { ...session, secondFactor, expiresAt } };
  };
}

function hearClaims(claims: Claims): void {
  const here = arrival.getStore();
  if (here) here.claims = claims;
}

async function dropTokens<T extends object>(account: T) {
  return { data: { ...account, accessToken: null, refreshToken: null, idToken: null } };
}
