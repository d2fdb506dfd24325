/** The API of a test's world, in process: `await useApi(world).request('/api/v1/hamlets')`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createApi } from '#app/api';
import { communeDirectory } from '#app/communes';
import { fileStore } from '#app/files';
import type { World } from './world.ts';

/**
 * Made at the first call, after the world. The neighbour answers under `host: phu-do.localhost`.
 * @param roots certificates (DER) that electronic results may lead to
 */
export function useApi(world: World, roots: Uint8Array[] = []) {
  let made: ReturnType<typeof createApi> | undefined;
  let dataDir: string | undefined;
  return {
    request: (path: string, init?: RequestInit) => {
      const { handle, wiring } = world;
      dataDir ??= mkdtempSync(join(tmpdir(), 'xa-api-'));
      made ??= createApi({
        handle,
        wiring,
        communes: communeDirectory(handle),
        files: fileStore({ dataDir, s3File: join(dataDir, 'none') }),
        trustedRoots: () => Promise.resolve(roots),
        log: pino({ level: 'silent' }),
      });
      return made.request(path, init);
    },
  };
}
