/** From nothing to a migrated database and a runtime: what start, worker and commands share. */
import { Closers } from './closers.ts';
import type { Config } from './config.ts';
import { createRuntime } from './create-runtime.ts';
import { joinServer, openServer } from './database-server.ts';
import { migrate, pendingMigrations } from './database/migrate.ts';
import { urlsFor } from './database/roles.ts';
import type { Runtime } from './runtime.ts';
import { readSecrets } from './secrets.ts';

export type Prepared = {
  runtime: Runtime;
  /** The migrations that ran just now. */
  ran: string[];
  /** Told to whoever tries to start a second server on the same folder. */
  sayAddress: (address: string) => void;
  /** Closes everything that `closers` got. */
  stop: () => Promise<void>;
};

/**
 * For the process that serves.
 * @param say told each step while it happens
 * @param closers gets what has to be closed as soon as it is open, for a signal or a fault that comes meanwhile
 */
export async function prepare(
  config: Config,
  say: (step: string) => void,
  closers: Closers = new Closers(),
): Promise<Prepared> {
  const { ownerUrl, sayAddress } = await openServer(config, closers, say);
  const secrets = readSecrets(config.dataDir);
  say('Cập nhật cơ sở dữ liệu (migrating) …');
  const ran = await migrate(ownerUrl, secrets.seed);
  const runtime = createRuntime(config, secrets, urlsFor(ownerUrl, secrets.seed));
  closers.add(runtime.close);
  return { runtime, ran, sayAddress, stop: () => closers.closeAll() };
}

/**
 * For a command beside the server, or without one: joins the database, changes nothing by itself.
 * @throws Error when the database is not at this program's level
 */
export async function join(config: Config, what: string, closers: Closers): Promise<Runtime> {
  const ownerUrl = await joinServer(config, closers, what);
  const secrets = readSecrets(config.dataDir);
  const pending = await pendingMigrations(ownerUrl);
  if (pending.length > 0)
    throw new Error(
      `The database is not at the level of this program (${pending[0]} is missing): run npm start once.`,
    );
  const runtime = createRuntime(config, secrets, urlsFor(ownerUrl, secrets.seed));
  closers.add(runtime.close);
  return runtime;
}
