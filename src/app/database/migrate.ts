/**
 * Migrations: plain .sql files of the kernel and of every room, forward only, each in a transaction of its
 * own, with a checksum, under an advisory lock. Order: kernel first, then rooms as listed, then file name.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMigrations as migrateJobQueue } from 'graphile-worker';
import pg from 'pg';
import { DOMAINS } from '../../domains.ts';
import { closeDatabase, ensureRoles } from './roles.ts';

export type Migration = { name: string; sql: string; checksum: string };

const SOURCE = join(import.meta.dirname, '..', '..');

/** All migrations in the order in which they run. */
export function listMigrations(): Migration[] {
  const folders = [
    ['kernel', join(SOURCE, 'kernel')],
    ...DOMAINS.map(({ name }) => [name, join(SOURCE, 'domains', name)]),
  ];
  return folders.flatMap(([room, folder]) => {
    const at = join(folder!, 'migrations');
    if (!existsSync(at)) return [];
    const files = readdirSync(at)
      .filter((file) => file.endsWith('.sql'))
      .sort();
    return files.map((file) => {
      const sql = readFileSync(join(at, file), 'utf8');
      return { name: `${room}/${file}`, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
  });
}

/** The migrations that a database lacks, by name; all of them for an empty one. */
export async function pendingMigrations(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const made = await client.query(`select to_regclass('public.migration') is not null as made`);
    const { rows } = made.rows[0].made
      ? await client.query<{ name: string }>('select name from migration')
      : { rows: [] };
    const done = new Set(rows.map(({ name }) => name));
    return listMigrations().flatMap(({ name }) => (done.has(name) ? [] : [name]));
  } finally {
    await client.end();
  }
}

/**
 * Brings a database up to date. @returns the names of the migrations that ran.
 * @param wanted only these, for a restore of an older backup
 * @throws Error when a file that already ran has changed, or with file and line when one fails.
 */
export async function migrate(
  ownerUrl: string,
  seed: string,
  wanted: (name: string) => boolean = () => true,
): Promise<string[]> {
  await ensureRoles(ownerUrl, seed);
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(720002)');
    await client.query(
      'create table if not exists migration (name text primary key, checksum text not null, ran_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migration',
    );
    const done = new Map(rows.map((row) => [row.name, row.checksum]));
    const ran: string[] = [];
    for (const migration of listMigrations().filter(({ name }) => wanted(name))) {
      if (await runOne(client, migration, done.get(migration.name))) ran.push(migration.name);
    }
    await prepareJobs(client, ownerUrl);
    await closeDatabase(client, seed);
    return ran;
  } finally {
    await client.end();
  }
}

async function runOne(client: pg.Client, migration: Migration, known: string | undefined): Promise<boolean> {
  if (known === migration.checksum) return false;
  if (known)
    throw new Error(`${migration.name} has changed since it ran here: write a new migration instead.`);
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into migration (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
    return true;
  } catch (cause) {
    await client.query('rollback');
    const error = cause as pg.DatabaseError;
    const line = migration.sql.slice(0, Number(error.position ?? 0)).split('\n').length;
    throw new Error(`${migration.name}, line ${line}: ${error.message}`, { cause });
  }
}

/**
 * The queue's own migration runs as its owner: it turns on row-level security on its tables, and only
 * their owner can work them.
 */
async function prepareJobs(client: pg.Client, ownerUrl: string): Promise<void> {
  const database = (await client.query<{ name: string }>('select quote_ident(current_database()) as name'))
    .rows[0]!.name;
  await client.query(`grant create on database ${database} to xa_worker`);
  const pool = new pg.Pool({ connectionString: ownerUrl, options: '-c role=xa_worker', max: 1 });
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  try {
    await migrateJobQueue({ pgPool: pool, schema: 'jobs' });
  } finally {
    await pool.end();
  }
  await client.query(`revoke create on database ${database} from xa_worker`);
  const signature = 'xa_enqueue(text, json, text, timestamptz)';
  // Only a role that may create things there can be given something there (a superuser would not need it).
  await client.query('grant create on schema public to xa_worker');
  await client.query(`alter function ${signature} owner to xa_worker`);
  await client.query('revoke create on schema public from xa_worker');
  await client.query(`revoke all on function ${signature} from public`);
  await client.query(`grant execute on function ${signature} to xa_app`);
}
