/** Makes the runtime. Apart from runtime.ts, so that the pages' bundle does not carry what only the server makes. */
import { sendSignInCode } from '#domain/notifications';
import { openDatabase } from '#kernel/db.server';
import { closeThreads } from '#kernel/threads/pool.server';
import { DOMAINS } from '../domains.ts';
import { createAuth, type CodeMessage } from '../domains/identity/auth.server.ts';
import { readProviders } from '../domains/identity/auth/oidc.ts';
import { communeDirectory } from './communes.ts';
import type { Config } from './config.ts';
import { fileStore } from './files.ts';
import type { Urls } from './database/roles.ts';
import { readInstallation } from './installation.ts';
import { createLog } from './log.ts';
import { addDatabaseMetrics, createMetrics } from './metrics.ts';
import { navigationOf } from './navigation.ts';
import { runAs, type Runtime } from './runtime.ts';
import type { Secrets } from './secrets.ts';
import { trustedRoots } from './trust.ts';
import { makeWiring } from './wiring.ts';

/** @throws Error when the file of identity providers is wrong or open to others */
export function createRuntime(config: Config, secrets: Secrets, urls: Urls): Runtime {
  const handle = openDatabase(urls.app);
  const communes = communeDirectory(handle);
  const wiring = makeWiring(readInstallation(config, secrets));
  const auth = createAuth({
    url: urls.auth,
    secret: secrets.session,
    origin: config.origin,
    providers: readProviders(config.oidcFile),
    sendCode: (message) => tellOfCode({ handle, wiring }, message),
    onlyDemo: communes.onlyDemo,
  });
  const close = async () => {
    await closeThreads();
    await auth.close();
    await handle.close();
  };
  const log = createLog(config.logLevel, process.stdout.isTTY === true);
  const navigation = navigationOf(DOMAINS);
  const metrics = createMetrics();
  const runtime: Runtime = {
    config,
    secrets,
    urls,
    handle,
    communes,
    wiring,
    navigation,
    auth,
    files: fileStore(config),
    trustedRoots: () => trustedRoots(config, communes),
    log,
    metrics,
    close,
  };
  addDatabaseMetrics(runtime, metrics.registry);
  return runtime;
}

/** The notification service carries sign-in codes. */
async function tellOfCode(runtime: Pick<Runtime, 'handle' | 'wiring'>, message: CodeMessage): Promise<void> {
  const { commune, locale, phone, code, minutes, key } = message;
  const caller = {
    commune,
    actor: { kind: 'system', name: 'identity' },
    locale,
    afterClosing: true,
  } as const;
  await runAs(runtime, caller, (ctx) => sendSignInCode(ctx, { to: { phone, locale }, code, minutes, key }));
}
