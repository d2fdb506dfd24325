/**
 * One real PostgreSQL for the whole run: a migrated template that every test file clones (see world.ts).
 * The server is stopped and its folder removed at the end.
 */
import { rmSync } from 'node:fs';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/app/database/migrate.ts';
import { startEmbedded } from '../src/app/postgres/embedded.ts';
import { temporaryDataDir } from '../src/app/postgres/temporary.ts';

export const TEST_SEED = 'test-installation';

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string;
  }
}

export default async function setup(project: TestProject) {
  const folder = temporaryDataDir('test');
  const server = await startEmbedded(folder);
  const admin = new pg.Client(server.url('postgres'));
  await admin.connect();
  await admin.query('create database tpl');
  await migrate(server.url('tpl'), TEST_SEED);
  await admin.query('alter database tpl is_template true allow_connections false');
  await admin.end();
  project.provide('ownerUrl', server.url('DATABASE'));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
