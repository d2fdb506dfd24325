/**
 * The database: one pool, one role, one transaction setting per commune. Only edges import this file;
 * verbs and queries take `ctx.db`.
 */
import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  sql,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely';
import pg from 'pg';
import { writeTrail, type AuditNote } from './audit.ts';
import { isClosed, type Actor, type Ctx } from './context.ts';
import { AppError } from './errors.ts';
import { formatDate } from './format.ts';
import type { Database } from './schema.ts';
import { didSomething, Recent } from './recent.ts';
import { localDate } from './time.ts';

pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);
/** Dates without time stay text (`2023-06-05`): a Date would carry the machine's zone. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export type DatabaseHandle = {
  db: Kysely<Database>;
  pool: pg.Pool;
  recent: Recent;
  close: () => Promise<void>;
};

/** Opens the application's pool. The role behind `url` must neither own tables nor bypass row-level security. */
export function openDatabase(url: string, max = 16): DatabaseHandle {
  const pool = new pg.Pool({ connectionString: url, max, application_name: 'xa' });
  // A connection that breaks is replaced at the next use; without a listener it would end the process, whether
  // it was idle (the pool's event) or in the middle of a transaction (the client's own; the query fails too).
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
  return { db, pool, recent: new Recent(), close: () => db.destroy() };
}

/** How many different statements are kept prepared on a connection; beyond that they are planned each time. */
const MOST_PREPARED = 800;
const names = new Map<string, string>();

/**
 * The pool with every parametrised statement prepared under a name of its own, so that PostgreSQL parses and
 * plans it once for each connection: planning costs more than running for most of ours (measured).
 */
function preparing(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PreparingClient>();
  return {
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client) ?? new PreparingClient(client);
      clients.set(client, known);
      // Kysely's type names the commands that an answer may tell; pg's says any text.
      return known as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
    options: pool.options,
  };
}

class PreparingClient {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>;
  query(cursor: pg.Submittable): never;
  query(asked: string | pg.Submittable, values: readonly unknown[] = []): unknown {
    if (typeof asked !== 'string') return this.#client.query(asked);
    const name = values.length > 0 ? nameOf(asked) : undefined;
    return name
      ? this.#client.query({ name, text: asked, values: [...values] })
      : this.#client.query(asked, [...values]);
  }

  release(): void {
    this.#client.release();
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= MOST_PREPARED) return known;
  const name = `xa${names.size}`;
  names.set(text, name);
  return name;
}

export type RunOptions = {
  readOnly?: boolean;
  /** Finds out who asks, inside the same transaction; until then the actor is `base.actor`. */
  identify?: (ctx: Ctx) => Promise<Actor>;
  /** Writes although the commune has closed: sign-in, roles that end, the audit record. */
  afterClosing?: boolean;
};

/** What is known of a piece of work before its transaction begins. */
type Begun = Omit<Ctx, 'db' | 'trail' | 'recall'>;

const RETRIES = 3;

/**
 * Runs work in one transaction bound to a commune, then writes its audit trail in the same transaction.
 * Refusals are written in a transaction of their own, because the first one is rolled back.
 * Serialisation failures and deadlocks are tried again.
 * In a commune that has closed the work is read-only, by the database's own word; what was looked at is written down
 * all the same, in a second transaction before anything is given out.
 * @throws AppError `input.bad_text` (422) when something sent holds a character that cannot be kept;
 * `commune.closed` (409) when something was to be written in a commune that has closed
 */
export async function inCommune<T>(
  handle: DatabaseHandle,
  base: Begun,
  work: (ctx: Ctx) => Promise<T>,
  options: RunOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const trail: AuditNote[] = [];
    try {
      return await transaction(handle, base, trail, work, options);
    } catch (thrown) {
      if (attempt < RETRIES && isTransient(thrown)) continue;
      const refused = trail.filter((item) => item.outcome === 'refused');
      if (refused.length > 0) await writeDown(handle, base, refused, options);
      throw refusalFor(thrown, base);
    }
  }
}

async function transaction<T>(
  handle: DatabaseHandle,
  base: Begun,
  trail: AuditNote[],
  work: (ctx: Ctx) => Promise<T>,
  options: RunOptions,
): Promise<T> {
  const { readOnly = false, identify, afterClosing = false } = options;
  const id = base.commune.id;
  if (!Number.isSafeInteger(id) || id <= 0) throw new Error('A commune id is a positive integer');
  const closed = !afterClosing && isClosed(base);
  const recall = handle.recent.during({ ...base, trail });
  const result = await handle.db.connection().execute(async (db) => {
    // One simple query: it saves a round trip. SET LOCAL, not set_config(): only the statement reaches Citus workers.
    await db.executeQuery(
      CompiledQuery.raw(`begin${closed ? ' read only' : ''}; set local app.commune_id = '${id}'`),
    );
    try {
      const first: Ctx = { ...base, db, trail, recall };
      const ctx = identify ? { ...first, actor: await identify(first) } : first;
      const result = await work(ctx);
      if (!readOnly && !closed) await writeTrail(ctx, trail);
      await sql`commit`.execute(db);
      if (trail.some(didSomething)) handle.recent.wrote(id);
      return result;
    } catch (thrown) {
      await sql`rollback`.execute(db).catch(() => undefined);
      throw thrown;
    }
  });
  if (closed && !readOnly && trail.length > 0) await writeDown(handle, base, trail, options);
  return result;
}

/** Writes a trail in a transaction of its own. */
function writeDown(
  handle: DatabaseHandle,
  base: Begun,
  trail: AuditNote[],
  { identify }: RunOptions,
): Promise<void> {
  return transaction(handle, base, trail, async () => undefined, { identify, afterClosing: true });
}

function refusalFor(thrown: unknown, { commune, locale }: Pick<Ctx, 'commune' | 'locale'>): unknown {
  if (isUnkeepable(thrown)) return new AppError('input.bad_text', 422);
  const { closure } = commune;
  if (closure && codeOf(thrown) === READ_ONLY)
    return new AppError('commune.closed', 409, {
      commune: commune.name,
      successor: closure.successor.name,
      date: formatDate(localDate(closure.from), locale),
    });
  return thrown;
}

/** The database's word for a write in a read-only transaction. */
const READ_ONLY = '25006';

function isTransient(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code === '40001' || code === '40P01';
}

/** NUL, in a text or in JSON: PostgreSQL keeps neither, and only a sender who means harm writes it. */
function isUnkeepable(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code === '22021' || code === '22P05';
}

function codeOf(thrown: unknown): unknown {
  return (thrown as { code?: unknown } | null)?.code;
}
