import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generateTypes } from '../src/app/database/types.ts';
import { migrate } from '../src/app/database/migrate.ts';
import { TEST_SEED } from './global-setup.ts';
import { useWorld } from './world.ts';

const world = useWorld();

it('the committed schema types are those of the migrated database', async () => {
  expect(await generateTypes(world.urls.owner)).toBe(readFileSync('src/kernel/schema.ts', 'utf8'));
});

it('migrating a migrated database changes nothing', async () => {
  expect(await migrate(world.urls.owner, TEST_SEED)).toEqual([]);
});
