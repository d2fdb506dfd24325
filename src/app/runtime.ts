/**
 * What is made once per process and handed to everything: the pool, the wiring, the log, sign-in. The
 * server runs from source and the pages from their bundle, so it is handed over through one global.
 */
import { randomUUID } from 'node:crypto';
import pino, { type Logger } from 'pino';
import type { Actor, CommuneRef, Ctx, Locale, Wiring } from '#kernel/context';
import { inCommune, openDatabase, type DatabaseHandle, type RunOptions } from '#kernel/db.server';
import { communeDirectory, type Communes } from './communes.ts';
import { DOMAINS } from '../domains.ts';
import type { NavItem } from '#kernel/manifest';
import type { Config } from './config.ts';
import type { Urls } from './database/roles.ts';
import { readInstallation } from './installation.ts';
import type { Secrets } from './secrets.ts';
import { navigationOf } from './navigation.ts';
import { makeWiring } from './wiring.ts';

export type Runtime = {
  config: Config;
  secrets: Secrets;
  urls: Urls;
  handle: DatabaseHandle;
  communes: Communes;
  wiring: Wiring;
  /** What every room puts into the rail and the menus. */
  navigation: readonly NavItem[];
  log: Logger;
  close: () => Promise<void>;
};

/** Who asks, where and how: what an edge knows before it runs work. */
export type Caller = {
  commune: CommuneRef;
  actor: Actor;
  locale?: Locale;
  requestId?: string;
  purpose?: string | null;
  /** Enters history: nobody is told of it. */
  silent?: boolean;
  /** Only tests and the demo builder set the clock. */
  now?: Date;
};

const HANDOVER = Symbol.for('xa.runtime');

export function createRuntime(config: Config, secrets: Secrets, urls: Urls): Runtime {
  const handle = openDatabase(urls.app);
  const log = pino({ level: config.logLevel, redact: ['req.headers', 'phone', 'national_id'] });
  return {
    config,
    secrets,
    urls,
    handle,
    communes: communeDirectory(handle),
    wiring: makeWiring(readInstallation(config, secrets)),
    navigation: navigationOf(DOMAINS),
    log,
    close: () => handle.close(),
  };
}

/** Runs work in one transaction of the caller's commune. */
export function runAs<T>(
  runtime: Pick<Runtime, 'handle' | 'wiring'>,
  caller: Caller,
  work: (ctx: Ctx) => Promise<T>,
  options?: RunOptions,
): Promise<T> {
  const base = {
    commune: caller.commune,
    actor: caller.actor,
    locale: caller.locale ?? 'vi',
    requestId: caller.requestId ?? randomUUID(),
    purpose: caller.purpose ?? null,
    now: caller.now ?? new Date(),
    silent: caller.silent ?? false,
    wiring: runtime.wiring,
  };
  return inCommune(runtime.handle, base, work, options);
}

export function handOver(runtime: Runtime): void {
  (globalThis as Record<symbol, unknown>)[HANDOVER] = runtime;
}

/** The process's runtime, for the pages' hooks. @throws Error when the server did not hand one over */
export function theRuntime(): Runtime {
  const runtime = (globalThis as Record<symbol, unknown>)[HANDOVER];
  if (!runtime) throw new Error('The pages are served by src/app/server.ts, which hands over the runtime.');
  return runtime as Runtime;
}
