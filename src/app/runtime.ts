/**
 * What is made once per process and handed to everything: the pool, the wiring, the log, sign-in. The
 * server runs from source and the pages from their bundle, so it is handed over through one global.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Actor, CommuneRef, Ctx, Locale, Wiring } from '#kernel/context';
import { inCommune, type DatabaseHandle, type RunOptions } from '#kernel/db.server';
import type { FileStore } from '#kernel/files/store';
import type { NavItem } from '#kernel/manifest';
import type { Auth } from '../domains/identity/auth.server.ts';
import type { Communes } from './communes.ts';
import type { Config } from './config.ts';
import type { Urls } from './database/roles.ts';
import type { Metrics } from './metrics.ts';
import type { Secrets } from './secrets.ts';
import type { ScanAnswer, ScanAsked } from './scan-pages.ts';
import type { Answered, Asked } from './stranger-pages.ts';

export type Runtime = {
  config: Config;
  secrets: Secrets;
  urls: Urls;
  handle: DatabaseHandle;
  communes: Communes;
  wiring: Wiring;
  /** What every room puts into the rail and the menus. */
  navigation: readonly NavItem[];
  auth: Auth;
  /** The bytes of attachments and papers, by hash; rows say whose they are. */
  files: FileStore;
  /** Root certificates (DER) that electronic results may lead to; read anew at every call. */
  trustedRoots: () => Promise<Uint8Array[]>;
  log: Logger;
  metrics: Metrics;
  /** Set by the pages' bundle when it is loaded: what it renders for strangers without Kit. */
  strangerPages?: {
    rendersFor: (pathname: string) => boolean;
    answer: (commune: CommuneRef, asked: Asked) => Promise<Answered>;
  };
  /** Set by the pages' bundle as well: the page of a pack. */
  scanPages?: { answer: (commune: CommuneRef, asked: ScanAsked) => Promise<ScanAnswer> };
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
  /** Writes although the commune has closed; see `Manifest.afterClosing`. */
  afterClosing?: boolean;
  /** Only tests and the demo builder set the clock. */
  now?: Date;
};

const HANDOVER = Symbol.for('xa.runtime');

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
  return inCommune(runtime.handle, base, work, { afterClosing: caller.afterClosing ?? false, ...options });
}

/** Leaves the runtime where the pages’ bundle finds it: the bundle has its own copies of all modules. */
export function handOver(runtime: Runtime): void {
  (globalThis as Record<symbol, unknown>)[HANDOVER] = runtime;
}

/** The process's runtime, for the pages' hooks. @throws Error when the server did not hand one over */
export function theRuntime(): Runtime {
  const runtime = (globalThis as Record<symbol, unknown>)[HANDOVER];
  if (!runtime) throw new Error('The pages are served by src/app/server.ts, which hands over the runtime.');
  return runtime as Runtime;
}
