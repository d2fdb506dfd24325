/** What rooms may know of the installation: its address, their own settings, keys for their purposes. */
import { hkdfSync } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '#kernel/context';
import { ConfigError, type Config } from './config.ts';
import type { Secrets } from './secrets.ts';

/**
 * Reads the settings of the rooms that need any: the channels of messages, the way to the traceability portal,
 * where reports go, and which sites are a province's own (PROVINCE_SITES: short names of communes, with commas between
 * them).
 * @throws ConfigError when the file is readable by others, or no JSON
 */
export function readInstallation(
  config: Pick<Config, 'dataDir' | 'origin'>,
  secrets: Pick<Secrets, 'seed'>,
  env: NodeJS.ProcessEnv = process.env,
): Installation {
  const settings: Record<string, unknown> = {
    notifications: readSettings('CHANNELS', config.dataDir, env),
    trace: readSettings('PORTAL', config.dataDir, env),
    criteria: {
      provinceSites: (env.PROVINCE_SITES ?? '').split(',').map((slug) => slug.trim()),
      reports: readSettings('REPORTS', config.dataDir, env),
    },
  };
  return {
    origin: config.origin,
    settings: (room) => settings[room],
    key: (purpose) => Buffer.from(hkdfSync('sha256', secrets.seed, '', `xa:${purpose}`, 32)),
  };
}

/**
 * Settings hold passwords: they come from a variable such as CHANNELS (JSON text), or from the file that CHANNELS_FILE
 * names (by default `<dataDir>/channels.json`), which only its owner may read.
 */
function readSettings(
  name: 'CHANNELS' | 'PORTAL' | 'REPORTS',
  dataDir: string,
  env: NodeJS.ProcessEnv,
): unknown {
  const given = env[name];
  if (given) return parse(given, name);
  const named = env[`${name}_FILE`];
  const file = named ?? join(dataDir, `${name.toLowerCase()}.json`);
  if (!existsSync(file)) {
    if (named) throw new ConfigError(`${name}_FILE=${file} does not exist`);
    return undefined;
  }
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new ConfigError(`${file} may be read by others: chmod 600 it.`);
  }
  return parse(readFileSync(file, 'utf8'), file);
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError(`${where} is not valid JSON`);
  }
}
