/** Signing in, in tests: an `Auth` on the test's own database, and what a browser does with cookies. */
import { afterAll, beforeAll } from 'vitest';
import { createAuth, type Auth, type CodeMessage } from '../src/domains/identity/auth.server.ts';
import { ensureStaffUser } from '../src/domains/identity/auth/accounts.ts';
import { sessionTokenIn, withCookies, type CookieToSet } from '../src/domains/identity/auth/cookies.ts';
import type { OidcProvider } from '../src/domains/identity/auth/oidc.ts';
import { enterPassword, enterTotp, type Visitor } from '../src/domains/identity/auth/staff-door.ts';
import { toBase32, totpAt } from '../src/domains/identity/auth/totp.ts';
import { findSignedIn, type SignedIn } from '../src/domains/identity/signed-in.ts';
import type { CommuneRef } from '#kernel/context';
import { system, type World } from './world.ts';

export type TestAuth = Auth & {
  /** The codes that were sent, oldest first. */
  sent: CodeMessage[];
  /** Whether the installation counts as demo only. */
  demoOnly: boolean;
};

export const PASSWORD = 'chè xanh đồi cao mây trắng';

/** Use once at the top of a file, after `useWorld`. */
export function useAuth(world: World, providers: readonly OidcProvider[] = []): TestAuth {
  const auth = { sent: [] as CodeMessage[], demoOnly: true } as TestAuth;
  beforeAll(() => {
    const made = createAuth({
      url: world.urls.auth,
      secret: 'a secret of tests that is long enough',
      origin: 'http://localhost',
      providers,
      sendCode: async (message) => void auth.sent.push(message),
      onlyDemo: async () => auth.demoOnly,
    });
    Object.assign(auth, made);
  });
  afterAll(() => auth.close?.());
  return auth;
}

let addresses = 0;

/** A browser: it keeps cookies, comes from an address of its own, and asks at a set time. */
export class Browser {
  headers = new Headers({ host: 'localhost:3000', 'user-agent': 'Test browser' });
  address = `192.0.2.${++addresses}`;
  /** A set time; the real one while null. */
  now: Date | null = null;

  visitor(): Visitor {
    return { headers: this.headers, address: this.address, now: this.now ?? new Date() };
  }

  keep<T extends { cookies: CookieToSet[] }>(answer: T): T {
    const gone = answer.cookies.filter(({ maxAge }) => maxAge === 0).map(({ name }) => name);
    const next = withCookies(this.headers, answer.cookies);
    const jar = (next.get('cookie') ?? '').split('; ').filter((pair) => !gone.includes(pair.split('=')[0]!));
    next.set('cookie', jar.join('; '));
    this.headers = next;
    return answer;
  }

  /** Who the page's hook would take this browser for. */
  who(world: World, auth: TestAuth, commune: CommuneRef = world.commune): Promise<SignedIn | null> {
    const token = sessionTokenIn(this.headers, auth.secret);
    if (!token) return Promise.resolve(null);
    const more = { commune, now: this.now ?? new Date() };
    return world.as(system, (ctx) => findSignedIn(ctx, token, auth.demoOnly), more);
  }
}

export type Officer = { userId: string; email: string; secret: string };

/** A staff account with password and authenticator. */
export async function makeOfficer(world: World, auth: Auth, email: string, demo = false): Promise<Officer> {
  const secret = toBase32(Buffer.from(email.padEnd(20, '.').slice(0, 20)));
  const user = { email, name: 'Cán bộ Thử', password: PASSWORD, totpSecret: secret, demo };
  const userId = await ensureStaffUser(auth, { ...user, homeCommune: world.commune.id });
  return { userId, email, secret };
}

/** Goes in by the staff door: password, then authenticator. */
export async function signInOfficer(
  auth: Auth,
  { email, secret }: Officer,
  browser = new Browser(),
): Promise<Browser> {
  browser.keep(await enterPassword(auth, { email, password: PASSWORD }, browser.visitor()));
  browser.keep(await enterTotp(auth, totpAt(secret, new Date()), browser.visitor()));
  return browser;
}
