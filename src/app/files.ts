/** The installation's file store: a folder beside the data, or an S3-compatible service where one is set. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '@hono/zod-openapi';
import { openDiskStore } from '#kernel/files/disk-store.server';
import { openS3Store, type S3Settings } from '#kernel/files/s3-store.server';
import type { FileStore } from '#kernel/files/store';
import { ConfigError, type Config } from './config.ts';

const Settings = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]+$/),
  prefix: z.string().default(''),
  region: z.string().min(1).default('us-east-1'),
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
});

/** @throws ConfigError when the file of the S3 service is wrong or open to others */
export function fileStore(config: Pick<Config, 'dataDir' | 's3File'>): FileStore {
  return remoteStore(config) ?? localStore(config);
}

/** The S3-compatible store; null where files lie on the disk. @throws ConfigError as `fileStore` */
export function remoteStore({ s3File }: Pick<Config, 's3File'>): FileStore | null {
  const settings = readSettings(s3File);
  return settings && openS3Store(settings);
}

function readSettings(file: string): S3Settings | null {
  if (!existsSync(file)) return null;
  if ((statSync(file).mode & 0o077) !== 0)
    throw new ConfigError(`${file} may be read by others: chmod 600 it.`);
  const read = Settings.safeParse(parse(readFileSync(file, 'utf8'), file));
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`);
  throw new ConfigError(`${file} does not describe an S3 service. ${wrong.join('; ')}`);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError(`${file} is not valid JSON`);
  }
}

/** A command that touches no file leaves the folder alone: opening it makes it. */
function localStore({ dataDir }: Pick<Config, 'dataDir'>): FileStore {
  let opened: Promise<FileStore> | undefined;
  const store = () => (opened ??= openDiskStore(join(dataDir, 'files')));
  return {
    put: async (content, maxBytes) => (await store()).put(content, maxBytes),
    open: async (hash) => (await store()).open(hash),
    read: async (hash) => (await store()).read(hash),
    has: async (hash) => (await store()).has(hash),
    list: async function* () {
      yield* (await store()).list();
    },
    remove: async (hash, putBefore) => (await store()).remove(hash, putBefore),
  };
}
