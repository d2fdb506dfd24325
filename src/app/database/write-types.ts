/** Writes src/kernel/schema.ts from a freshly migrated database. Run after adding a migration. */
import { rmSync, writeFileSync } from 'node:fs';
import { startEmbedded } from '../postgres/embedded.ts';
import { temporaryDataDir } from '../postgres/temporary.ts';
import { migrate } from './migrate.ts';
import { generateTypes } from './types.ts';

const folder = temporaryDataDir('types');
const server = await startEmbedded(folder);
try {
  await migrate(server.url('postgres'), 'types');
  writeFileSync('src/kernel/schema.ts', await generateTypes(server.url('postgres')));
  console.log('src/kernel/schema.ts is up to date.');
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
