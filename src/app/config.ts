import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the environment says, read once. Every setting is listed in docs/operations.md. */
export type Config = {
  port: number;
  host: string;
  /** Where embedded data, files, keys and audit heads live. */
  dataDir: string;
  /** The owner's connection; absent means the embedded server. */
  databaseUrl: string | null;
  /** Whether the demo commune is loaded into an empty database. */
  demo: boolean;
  /** A proxy in front sets x-forwarded-*; only then are these headers believed. */
  trustProxy: boolean;
  /** Whether this process also works the job queue. */
  worker: boolean;
  logLevel: string;
  /** The public address for links in messages, such as https://xa.example; by default the local one. */
  origin: string;
  /** Identity providers (VNeID …) as JSON; see src/domains/identity/README.md. */
  oidcFile: string;
  /** An S3-compatible service that keeps the files, as JSON; without this file they lie on the disk. */
  s3File: string;
  /** PEM file of the authorities whose signatures on results are believed. */
  trustedRootsFile: string | null;
  /** A port on 127.0.0.1 for /metrics alone; null: only on the main port, for direct requests of this machine. */
  metricsPort: number | null;
  /** A second folder that also keeps the audit heads, best on another machine. */
  auditHeadsDir: string | null;
};

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** @throws ConfigError naming the variable whose value makes no sense. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = readPort('PORT', env.PORT || '3000');
  const logLevel = env.LOG_LEVEL || 'info';
  if (!LOG_LEVELS.includes(logLevel)) throw new ConfigError(`LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}`);
  const databaseUrl = env.DATABASE_URL || null;
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new ConfigError('DATABASE_URL must start with postgresql://');
  }
  const dataDir = resolve(env.DATA_DIR || 'data');
  return {
    port,
    host: env.HOST || '0.0.0.0',
    dataDir,
    databaseUrl,
    demo: env.DEMO === undefined ? databaseUrl === null : env.DEMO !== '0',
    trustProxy: env.TRUST_PROXY === '1',
    worker: env.WORKER !== '0',
    logLevel,
    origin: env.ORIGIN || `http://localhost:${port}`,
    oidcFile: resolve(env.OIDC_FILE || join(dataDir, 'oidc.json')),
    s3File: readS3File(env, dataDir),
    trustedRootsFile: env.TRUSTED_ROOTS ? resolve(env.TRUSTED_ROOTS) : null,
    metricsPort: env.METRICS_PORT ? readPort('METRICS_PORT', env.METRICS_PORT) : null,
    auditHeadsDir: env.AUDIT_HEADS_DIR ? resolve(env.AUDIT_HEADS_DIR) : null,
  };
}

/** A file that was asked for must be there: else files would silently lie on the disk. */
function readS3File(env: NodeJS.ProcessEnv, dataDir: string): string {
  if (env.S3_FILE && !existsSync(env.S3_FILE)) throw new ConfigError(`S3_FILE=${env.S3_FILE} does not exist`);
  return resolve(env.S3_FILE || join(dataDir, 's3.json'));
}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConfigError(`${name}=${text} is not a port`);
  return port;
}

/** A short name for a path, used where a long one is refused (socket folders). */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
