/** What of a database belongs to us: tables, columns, sequences, in an order in which they can be filled. */
import pg from 'pg';

export const SCHEMAS = ['public', 'auth', 'jobs'] as const;

export type Table = { schema: string; name: string; columns: string[] };
export type Sequence = { schema: string; name: string; last: string; called: boolean };

/** Rows that the queue's own migration writes. */
const MADE_BY_MIGRATION = 'jobs.migrations';

/** The same text for the same value on every server, and no time limit. */
const SESSION = `set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle = 'iso_8601';
  set extra_float_digits = 3; set bytea_output = 'hex'; set client_encoding = 'UTF8';
  set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set search_path = pg_catalog`;

/** @throws Error in plain words when the role is bound by row-level security: it would see nothing and say nothing */
export async function connectAsOwner(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'xa-backup' });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ name: string; free: boolean }>(
    'select rolname as name, rolsuper or rolbypassrls as free from pg_roles where rolname = current_user',
  );
  const [role] = rows;
  if (!role?.free) {
    await client.end();
    throw new Error(
      `The database role ${role?.name} is bound by row-level security and cannot read or write all communes.
As a superuser run: alter role "${role?.name}" bypassrls`,
    );
  }
  await client.query(SESSION);
  return client;
}

/** Every ordinary table of ours that is not part of an extension, referenced ones before those that refer to them. */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { oid: number }>(
    `select c.oid::int8::int as oid, n.nspname as schema, c.relname as name,
       array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = any($1) and c.relkind = 'r' and c.relpersistence = 'p'
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
       and n.nspname || '.' || c.relname <> $2
     group by c.oid, n.nspname, c.relname order by n.nspname, c.relname`,
    [SCHEMAS, MADE_BY_MIGRATION],
  );
  const { rows: references } = await client.query<{ from: number; to: number }>(
    `select conrelid::int8::int as "from", confrelid::int8::int as "to" from pg_constraint
     where contype = 'f' and conrelid <> confrelid`,
  );
  return inOrder(rows, references).map(({ schema, name, columns }) => ({ schema, name, columns }));
}

/** @throws Error when tables refer to each other in a circle */
function inOrder<T extends { oid: number; name: string }>(
  tables: readonly T[],
  references: readonly { from: number; to: number }[],
): T[] {
  const waiting = new Map(tables.map((table) => [table.oid, table]));
  const ordered: T[] = [];
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(
      ({ oid }) => !references.some(({ from, to }) => from === oid && waiting.has(to)),
    );
    if (free.length === 0)
      throw new Error(
        `Tables refer to each other in a circle: ${[...waiting.values()].map(({ name }) => name).join(', ')}`,
      );
    for (const table of free) {
      waiting.delete(table.oid);
      ordered.push(table);
    }
  }
  return ordered;
}

/** The sequences to set after the rows are back; those of extensions come with the extension. */
export async function listSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'S'
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     order by 1, 2`,
    [SCHEMAS],
  );
  const found: Sequence[] = [];
  for (const { schema, name } of rows) {
    const { rows: values } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${nameOf({ schema, name })}`,
    );
    found.push({ schema, name, ...values[0]! });
  }
  return found;
}

/** The migrations that ran here, or none where nothing was made yet. */
export async function listRan(client: pg.Client): Promise<{ name: string; checksum: string }[]> {
  const { rows } = await client.query(`select to_regclass('public.migration') is not null as made`);
  if (!rows[0].made) return [];
  return (await client.query('select name, checksum from public.migration order by name')).rows;
}

/** Quoted, with its schema. */
export function nameOf({ schema, name }: { schema: string; name: string }): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
}

/** For COPY: the table and its columns. */
export function copyTarget(table: Table): string {
  return `${nameOf(table)} (${table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`;
}
