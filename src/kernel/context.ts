/** What travels inside: commune, actor, time, database. Only the edge sees requests and cookies. */
import type { Kysely } from 'kysely';
import type { AuditNote } from './audit.ts';
import type { Measure } from './measures.ts';
import type { Recall } from './recent.ts';
import type { Policy } from './rights.ts';
import type { Database } from './schema.ts';
import { localDateOf, type LocalDate } from './time.ts';

export type Db = Kysely<Database>;
export type Locale = 'vi' | 'en';

/** The commune in which something happens; the row of `commune`. */
export type CommuneRef = {
  id: number;
  slug: string;
  name: string;
  agencyCode: string;
  demo: boolean;
  /** Set where it became part of another commune. */
  closure?: Closure;
};

/** From `from` on a commune is read-only, and its work goes on in its successor. */
export type Closure = {
  /** The first local date on which nothing is written any more. */
  from: string;
  successor: { id: number; slug: string; name: string; hosts: readonly string[] };
  /** Officials of the successor may read here with the roles they hold there. */
  successorReads: boolean;
};

/** A role held now, in the whole commune (hamletId null) or in one hamlet. */
export type Grant = { role: string; hamletId: string | null };

export type Actor =
  | { kind: 'anonymous' }
  | {
      kind: 'person';
      userId: string;
      name: string;
      /** The phone proved by one-time code, in +84 form: it proves the phone, not the person. */
      phone: string | null;
      /** The resident this sign-in is bound to (counter or national identity provider). */
      residentId: string | null;
      grants: readonly Grant[];
    }
  | {
      kind: 'api';
      keyId: string;
      name: string;
      grants: readonly Grant[];
      /** The producer whose key it is: it holds no role, and reaches only what is that producer's own. */
      producerId?: string | null;
    }
  | { kind: 'system'; name: string };

/** What every verb and query takes first. It lives as long as its transaction. */
export type Ctx = {
  readonly commune: CommuneRef;
  readonly actor: Actor;
  readonly now: Date;
  /** Inside one transaction bound to the commune by row-level security; never begin another on it. */
  readonly db: Db;
  readonly locale: Locale;
  readonly requestId: string;
  /** Why personal data is looked at, where a page asks for it. */
  readonly purpose: string | null;
  /** History is being entered (import, demo): nobody is told of what happened long ago. */
  readonly silent: boolean;
  readonly wiring: Wiring;
  /** What will be written to the audit record when the transaction commits. */
  readonly trail: AuditNote[];
  /** For numbers that many pages ask within the same second. */
  readonly recall: Recall;
};

/** What the composition root knows and verbs need: who may do what, who listens to which event. */
export type Wiring = {
  policy: Policy;
  /** What the rooms hold of a commune, for the report before communes are merged. */
  holdings: readonly Holding[];
  /** What others published of a place, from every room that keeps such numbers. */
  published: readonly Published[];
  /** Every room's measures, for pages that show one place in all its numbers. */
  measures: readonly Measure[];
  /** The rooms whose writes go on in a commune that has closed. */
  afterClosing: ReadonlySet<string>;
  /** Event name → names of the job tasks that handle it. */
  listeners: ReadonlyMap<string, readonly string[]>;
  installation: Installation;
};

/** What this installation was told from outside (environment, files that only its owner may read). */
export type Installation = {
  /** The public address for links in messages, such as `https://xa.example`. */
  origin: string;
  /** A room's settings as they were read; the room itself checks them. */
  settings: (room: string) => unknown;
  /** 32 bytes for one purpose, derived from the installation's secret (HKDF-SHA-256). Never stored. */
  key: (purpose: string) => Buffer;
};

/** A number that another source gave of a place for a day, beside what the commune's own register says for that day. */
export type PublishedFigure = {
  title: (locale: Locale) => string;
  day: LocalDate;
  value: number;
  /** Where it was published. */
  source: string;
  counted: number;
};

/** Numbers that others published of a hamlet. */
export type Published = (ctx: Ctx, hamletId: string) => Promise<PublishedFigure[]>;

/** One kind of thing that a room keeps for a commune. */
export type Holding = {
  /** `services.dossiers`, unique in the program. */
  name: string;
  title: (locale: Locale) => string;
  /** How many there are now. */
  count: (ctx: Ctx) => Promise<number>;
  /** Work that is not finished: after the closing day nobody can finish it here. */
  open?: true;
};

/** Whether the commune became part of another one before or on that day. */
export function isClosed({ commune, now }: Pick<Ctx, 'commune' | 'now'>): boolean {
  return commune.closure !== undefined && commune.closure.from <= localDateOf(now);
}

/** The id to write where a row says who did it. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'person':
      return actor.userId;
    case 'api':
      return `api:${actor.keyId}`;
    case 'system':
      return `system:${actor.name}`;
  }
}

/** The roles that the actor holds now, wherever. */
export function grantsOf(actor: Actor): readonly Grant[] {
  return actor.kind === 'person' || actor.kind === 'api' ? actor.grants : [];
}

/** The producer for whom the actor asks, by a key of its own. */
export function producerOf(actor: Actor): string | null {
  return actor.kind === 'api' ? (actor.producerId ?? null) : null;
}
