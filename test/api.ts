/** The API of a test's world, in process: `await useApi(world).request('/api/v1/hamlets')`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createApi, type ApiRuntime } from '#app/api';
import { createEpcis } from '#app/epcis';
import { communeDirectory } from '#app/communes';
import { fileStore } from '#app/files';
import type { World } from './world.ts';

/**
 * Made at the first call, after the world. The neighbour answers under `host: phu-do.localhost`.
 * @param roots certificates (DER) that electronic results may lead to
 */
export function useApi(world: World, roots: Uint8Array[] = []) {
  let made: ReturnType<typeof createApi> | undefined;
  return {
    request: (path: string, init?: RequestInit) => {
      made ??= createApi(apiRuntime(world, roots));
      return made.request(path, init);
    },
  };
}

/** The REST interface of EPCIS, likewise: `/api/epcis/v2/…`. */
export function useEpcis(world: World) {
  let made: ReturnType<typeof createEpcis> | undefined;
  return {
    request: (path: string, init?: RequestInit) => {
      made ??= createEpcis(apiRuntime(world, []));
      return Promise.resolve(made.request(path, init));
    },
  };
}

function apiRuntime({ handle, wiring }: World, roots: Uint8Array[]): ApiRuntime {
  const dataDir = mkdtempSync(join(tmpdir(), 'xa-api-'));
  return {
    handle,
    wiring,
    communes: communeDirectory(handle),
    files: fileStore({ dataDir, s3File: join(dataDir, 'none') }),
    trustedRoots: () => Promise.resolve(roots),
    log: pino({ level: 'silent' }),
  };
}
