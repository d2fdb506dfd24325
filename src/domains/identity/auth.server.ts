/**
 * Sign-in as the rest of the program sees it: made once per process from the sources, handed to the pages
 * as `locals.auth`. Everything that signs somebody in takes it as its first argument.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import type { CommuneRef, Locale } from '#kernel/context';
import { randomToken } from '#kernel/ids';
import { arrival, makeBetterAuth, type BetterAuth } from './auth/better-auth.server.ts';
import { makeLimits, type Limits } from './auth/limits.ts';
import type { Claims, OidcProvider } from './auth/oidc.ts';

/** A code on its way to a phone; the notification service delivers it. */
export type CodeMessage = {
  commune: CommuneRef;
  phone: string;
  code: string;
  minutes: number;
  locale: Locale;
  /** Names this one code, so that it is sent once. */
  key: string;
};

export type AuthOptions = {
  /** The connection of the role that owns the sign-in tables. */
  url: string;
  secret: string;
  /** This installation's own address, for links that no request asked for. */
  origin: string;
  providers: readonly OidcProvider[];
  sendCode: (message: CodeMessage) => Promise<void>;
  /** Whether only demo communes exist: only then are codes shown and demo accounts let in. */
  onlyDemo: () => Promise<boolean>;
};

export type Auth = {
  /** better-auth's own calls. Its rate limits do not hold here: limit before calling. */
  api: BetterAuth['api'];
  /** The same with the identity providers, made when first asked for: one that does not answer delays only its own people. */
  withProviders: () => BetterAuth['api'];
  context: BetterAuth['$context'];
  pool: pg.Pool;
  secret: string;
  limits: Limits;
  providers: readonly OidcProvider[];
  sendCode: AuthOptions['sendCode'];
  onlyDemo: AuthOptions['onlyDemo'];
  /** A pass that opens one session for a phone whose code was right; it lives as long as the call. */
  withPass: <T>(phone: string, work: (pass: string) => Promise<T>) => Promise<T>;
  /** Runs a call in which a one-time link is made, and hears its token. */
  hearLink: (work: () => Promise<unknown>) => Promise<string | null>;
  /** Runs a provider's callback, and hears what the provider said. */
  hearClaims: <T>(work: () => Promise<T>) => Promise<{ answer: T; claims: Claims | null }>;
  close: () => Promise<void>;
};

export function createAuth(options: AuthOptions): Auth {
  const pool = openPool(options.url);
  const { passes, links, withPass, hearLink } = oneTimeThings();
  const settings = {
    pool,
    secret: options.secret,
    origin: options.origin,
    redeemPass: (phone: string, pass: string) => passes.get(pass) === phone && passes.delete(pass),
    tellLink: (token: string) => {
      const here = links.getStore();
      if (here) here.token = token;
    },
  };
  const main = makeBetterAuth({ ...settings, providers: [] });
  let external: BetterAuth | null = null;
  return {
    ...options,
    api: main.api,
    context: main.$context,
    pool,
    limits: makeLimits(),
    withProviders: () => (external ??= makeBetterAuth({ ...settings, providers: options.providers })).api,
    withPass,
    hearLink,
    async hearClaims(work) {
      const heard: { claims: Claims | null } = { claims: null };
      return { answer: await arrival.run(heard, work), claims: heard.claims };
    },
    close: () => pool.end(),
  };
}

/** Idle connections that break are replaced at the next use. */
function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 6,
    options: '-c search_path=auth',
    application_name: 'xa-auth',
  });
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  return pool;
}

/** What lives only as long as one call: passes for phones, and the ear for links. */
function oneTimeThings() {
  const passes = new Map<string, string>();
  const links = new AsyncLocalStorage<{ token: string | null }>();
  const withPass: Auth['withPass'] = async (phone, work) => {
    const pass = randomToken();
    passes.set(pass, phone);
    try {
      return await work(pass);
    } finally {
      passes.delete(pass);
    }
  };
  const hearLink: Auth['hearLink'] = async (work) => {
    const heard: { token: string | null } = { token: null };
    await links.run(heard, work);
    return heard.token;
  };
  return { passes, links, withPass, hearLink };
}
