/** The program itself, as `npm start` serves it, on the benchmark's database. */
import { readConfig } from '#app/config';
import { urlsFor } from '../src/app/database/roles.ts';
import { createRuntime } from '#app/create-runtime';
import { readSecrets } from '#app/secrets';
import { startServer } from '#app/server';
import type { Bench } from './load.ts';

const { dataDir, ownerUrl } = JSON.parse(process.env.BENCH ?? '{}') as Bench['settings'];
const config = readConfig({
  PORT: process.env.PORT,
  HOST: '127.0.0.1',
  DATA_DIR: dataDir,
  DEMO: '0',
  LOG_LEVEL: 'error',
});
const secrets = readSecrets(dataDir);
const runtime = createRuntime(config, secrets, urlsFor(ownerUrl, secrets.seed));
const server = await startServer(runtime);
console.log('listening');
process.on(
  'SIGTERM',
  () =>
    void server
      .stop()
      .then(() => runtime.close())
      .then(() => process.exit(0)),
);
