/**
 * Who may do what in the database. Three group roles own or may use things: `xa_app` (row-level security
 * holds for it), `xa_worker` (owns the job queue), `xa_auth` (owns the sign-in tables). Each installation
 * logs in by roles of its own that belong to them, so that two installations can share a server.
 */
import { createHmac } from 'node:crypto';
import pg from 'pg';
import { shortHash } from '../config.ts';

export const GROUPS = ['app', 'worker', 'auth'] as const;
export type Group = (typeof GROUPS)[number];
export type Urls = Record<Group | 'owner', string>;

/** The name of the installation's login role; `seed` is the installation's secret. */
export function loginName(group: Group, seed: string): string {
  return `xa_${group}_${shortHash(`login:${seed}`)}`;
}

/** A login's password, derived from the installation's secret, so that nothing more needs keeping. */
function password(group: Group, seed: string): string {
  return createHmac('sha256', seed).update(`database:${group}`).digest('base64url');
}

/** The connections of every group for one database, given the owner's. */
export function urlsFor(ownerUrl: string, seed: string): Urls {
  const as = (group: Group): string => asLogin(ownerUrl, loginName(group, seed), password(group, seed));
  return { owner: ownerUrl, app: as('app'), worker: as('worker'), auth: as('auth') };
}

const PARTS = /^postgres(?:ql)?:\/\/(?:([^@/?]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s;

/**
 * The same server and database for another login. Written out by hand, because a socket's address
 * (`postgresql://owner@/xa?host=/run/postgresql`) is no URL for the platform's parser.
 * @throws Error when it is no PostgreSQL address; never with the address itself, which may hold a password
 */
export function asLogin(url: string, login: string, secret: string): string {
  const parts = PARTS.exec(url);
  if (!parts)
    throw new Error('DATABASE_URL is not of the form postgresql://user:password@host:port/database');
  const [, who = '', host = '', path = '', query = ''] = parts;
  const parameters = new URLSearchParams(query);
  const owner = parameters.get('user') ?? decodeURIComponent(who.split(':', 1)[0]!);
  // In the query they would win over what stands before the @, and the application would act as the owner.
  parameters.delete('user');
  parameters.delete('password');
  // Without a name the database is that of the login's name: here the owner's, not the new login's.
  const database = path || encodeURIComponent(process.env.PGDATABASE ?? owner);
  const rest = parameters.size > 0 ? `?${parameters}` : '';
  return `postgresql://${login}:${encodeURIComponent(secret)}@${host}/${database}${rest}`;
}

/** Makes group and login roles where they are missing. Roles belong to the whole server: safe to repeat and to race. */
export async function ensureRoles(ownerUrl: string, seed: string): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(720001)');
    for (const group of GROUPS) {
      await createRole(client, `xa_${group}`, 'nologin');
      const login = loginName(group, seed);
      await createRole(client, login, 'login nosuperuser nocreatedb nocreaterole nobypassrls');
      await client.query(`alter role ${login} password ${pg.escapeLiteral(password(group, seed))}`);
      await client.query(`grant xa_${group} to ${login}`);
      await client.query(`grant xa_${group} to current_user`);
    }
  } finally {
    await client.end();
  }
}

async function createRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const found = await client.query('select from pg_roles where rolname = $1', [name]);
  if (found.rowCount === 0) await client.query(`create role ${name} ${attributes}`);
}

/** Only this installation's logins may connect to its database. */
export async function closeDatabase(client: pg.Client, seed: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  const database = rows[0]!.name;
  await client.query(`revoke connect, temporary on database ${database} from public`);
  for (const group of GROUPS)
    await client.query(`grant connect on database ${database} to ${loginName(group, seed)}`);
}
