/** From nothing to a migrated database and a runtime: what start, worker, command line and tests share. */
import pg from 'pg';
import type { Config } from './config.ts';
import { migrate } from './database/migrate.ts';
import { urlsFor } from './database/roles.ts';
import { startEmbedded, type EmbeddedServer } from './postgres/embedded.ts';
import { createRuntime } from './create-runtime.ts';
import type { Runtime } from './runtime.ts';
import { readSecrets } from './secrets.ts';

export type Prepared = { runtime: Runtime; ran: string[]; stop: () => Promise<void> };

/** @param say told each step while it happens */
export async function prepare(config: Config, say: (step: string) => void): Promise<Prepared> {
  const secrets = readSecrets(config.dataDir);
  let server: EmbeddedServer | null = null;
  let ownerUrl = config.databaseUrl;
  if (!ownerUrl) {
    say('Khởi động PostgreSQL (starting the embedded database) …');
    server = await startEmbedded(config.dataDir);
    await createDatabase(server.url('postgres'), 'xa');
    ownerUrl = server.url('xa');
  }
  try {
    say('Cập nhật cơ sở dữ liệu (migrating) …');
    const ran = await migrate(ownerUrl, secrets.seed);
    const runtime = createRuntime(config, secrets, urlsFor(ownerUrl, secrets.seed));
    return {
      runtime,
      ran,
      stop: async () => {
        await runtime.close();
        await server?.stop();
      },
    };
  } catch (thrown) {
    await server?.stop();
    throw thrown;
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
}
