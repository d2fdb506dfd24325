/** A whole installation without a commune, on a database of its own: for stages and for parts of the demo. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { readConfig } from '#app/config';
import { createRuntime } from '#app/create-runtime';
import type { Runtime } from '#app/runtime';
import { readSecrets } from '#app/secrets';
import { closeDatabase, urlsFor } from '../src/app/database/roles.ts';
import { TEST_SEED } from './global-setup.ts';

/** @param dataDir an empty folder; whoever calls closes the runtime and deletes it */
export async function emptyRuntime(dataDir: string): Promise<Runtime> {
  const name = `s_${randomUUID().replaceAll('-', '')}`;
  const url = (database: string) => inject('ownerUrl').replace('DATABASE', database);
  const admin = new pg.Client(url('postgres'));
  await admin.connect();
  await admin.query('select pg_advisory_lock(720003)');
  await admin.query(`create database ${name} template tpl strategy wal_log`);
  await admin.end();
  const client = new pg.Client(url(name));
  await client.connect();
  await closeDatabase(client, TEST_SEED);
  await client.end();
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' });
  return createRuntime(config, readSecrets(dataDir), urlsFor(url(name), TEST_SEED));
}
