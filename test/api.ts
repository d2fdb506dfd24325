/** The API of a test's world, in process: `await useApi(world).request('/api/v1/hamlets')`. */
import pino from 'pino';
import { createApi } from '#app/api';
import { communeDirectory } from '#app/communes';
import type { World } from './world.ts';

/** Made at the first call, after the world. The neighbour answers under `host: phu-do.localhost`. */
export function useApi(world: World) {
  let made: ReturnType<typeof createApi> | undefined;
  return {
    request: (path: string, init?: RequestInit) => {
      const { handle, wiring } = world;
      made ??= createApi({
        handle,
        wiring,
        communes: communeDirectory(handle),
        log: pino({ level: 'silent' }),
      });
      return made.request(path, init);
    },
  };
}
