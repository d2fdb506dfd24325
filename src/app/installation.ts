/** What rooms may know of the installation: its address, their own settings, keys for their purposes. */
import { hkdfSync } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '#kernel/context';
import { ConfigError, type Config } from './config.ts';
import type { Secrets } from './secrets.ts';

/**
 * Reads the settings of the rooms that need any: the channels of messages, and which sites are a province's own
 * (PROVINCE_SITES: short names of communes, with commas between them).
 * @throws ConfigError when the file is readable by others, or no JSON
 */
export function readInstallation(
  config: Pick<Config, 'dataDir' | 'origin'>,
  secrets: Pick<Secrets, 'seed'>,
  env: NodeJS.ProcessEnv = process.env,
): Installation {
  const settings: Record<string, unknown> = {
    notifications: readChannels(config.dataDir, env),
    criteria: { provinceSites: (env.PROVINCE_SITES ?? '').split(',').map((slug) => slug.trim()) },
  };
  return {
    origin: config.origin,
    settings: (room) => settings[room],
    key: (purpose) => Buffer.from(hkdfSync('sha256', secrets.seed, '', `xa:${purpose}`, 32)),
  };
}

/**
 * The channels of messages hold passwords: they come from the variable CHANNELS (JSON text), or from the
 * file CHANNELS_FILE (by default `<dataDir>/channels.json`), which only its owner may read.
 */
function readChannels(dataDir: string, env: NodeJS.ProcessEnv): unknown {
  if (env.CHANNELS) return parse(env.CHANNELS, 'CHANNELS');
  const file = env.CHANNELS_FILE ?? join(dataDir, 'channels.json');
  if (!existsSync(file)) {
    if (env.CHANNELS_FILE) throw new ConfigError(`CHANNELS_FILE=${file} does not exist`);
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
