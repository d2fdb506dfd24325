/** What a room tells the composition root about itself, in its `domain.ts`. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { CommuneRef, Ctx, Holding, Installation, Locale, Published } from './context.ts';
import type { FileStore } from './files/store.ts';
import type { Measure } from './measures.ts';
import type { Rule } from './rights.ts';

/** Handles one job, inside a transaction of the commune the job belongs to. */
export type JobHandler = (ctx: Ctx, data: Record<string, unknown>) => Promise<void>;

/**
 * Handles one job that speaks with the outside world: no transaction is open while it waits; it opens
 * short ones by `run`.
 */
export type ErrandHandler = (errand: Errand, data: Record<string, unknown>) => Promise<void>;

export type Errand = { run: RunInCommune; commune: CommuneRef; installation: Installation };

export type NavItem = {
  /** The room's own path; the shell turns it into the reader's public address. */
  href: string;
  label: (locale: Locale) => string;
  place: 'staff' | 'account' | 'public';
  /** Shown only to those who have this right. */
  right: string;
  icon?: string;
};

export type Manifest = {
  name: string;
  /** Every right that a verb of this room asks for. */
  rights: Record<string, Rule>;
  /** Event name → what this room does when it happens. */
  listeners?: Record<string, JobHandler>;
  /** Job name (prefixed by the room) → handler. */
  jobs?: Record<string, JobHandler>;
  /** Job name → handler that works outside a transaction. */
  errands?: Record<string, ErrandHandler>;
  /** Jobs that run by the clock, once for every commune: cron pattern in the commune's time → job name. */
  schedule?: readonly { cron: string; job: string }[];
  navigation?: readonly NavItem[];
  measures?: readonly Measure[];
  /** What the room keeps for a commune, counted before and after communes are merged. */
  holdings?: readonly Holding[];
  /** Numbers that others published of a hamlet, to stand beside the commune's own. */
  published?: Published;
  /** Its writes go on in a commune that has closed: sign-in and its codes, roles that end, the audit record. */
  afterClosing?: true;
  /** Adds the room's routes to the public API. */
  api?: (api: Api) => void;
};

export type Api = OpenAPIHono<ApiEnv>;

/** What API handlers find in their context: a way to run work in the request's commune. */
export type ApiEnv = {
  Variables: {
    run: RunInCommune;
    locale: Locale;
    /** The communes that became part of this one. */
    earlier: () => Promise<Earlier[]>;
    /** Where the bytes of files are kept. */
    files: FileStore;
    /** Root certificates (DER) that signatures on electronic results may lead to. */
    trustedRoots: () => Promise<Uint8Array[]>;
    /** The caller's network address, by which strangers' wrong tries are counted; null for whoever holds a key. */
    stranger: string | null;
  };
};

/**
 * Runs work in one transaction of the request's commune, as the request's actor.
 * @param more why a person's record is looked at, where the page asks for it
 */
export type RunInCommune = <T>(
  work: (ctx: Ctx) => Promise<T>,
  more?: { purpose?: string | null },
) => Promise<T>;

/** A commune that became part of the one that is asked, and a way to read there as a stranger. */
export type Earlier = { name: string; run: RunInCommune };
