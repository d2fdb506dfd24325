/** The installation's file store: a folder beside the data, opened at first use. */
import { join } from 'node:path';
import { openDiskStore } from '#kernel/files/disk-store.server';
import type { FileStore } from '#kernel/files/store';
import type { Config } from './config.ts';

/** A command that touches no file leaves the folder alone: opening it sweeps what an interrupted upload left. */
export function fileStore(config: Pick<Config, 'dataDir'>): FileStore {
  let opened: Promise<FileStore> | undefined;
  const store = () => (opened ??= openDiskStore(join(config.dataDir, 'files')));
  return {
    put: async (content, maxBytes) => (await store()).put(content, maxBytes),
    open: async (hash) => (await store()).open(hash),
    read: async (hash) => (await store()).read(hash),
    has: async (hash) => (await store()).has(hash),
    list: async function* () {
      yield* (await store()).list();
    },
    remove: async (hash) => (await store()).remove(hash),
  };
}
