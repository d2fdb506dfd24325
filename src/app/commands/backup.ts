import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeBackup } from '../backup/write.ts';
import type { Command } from '../cli.ts';
import { joinServer } from '../database-server.ts';
import { remoteStore } from '../files.ts';
import { readPassphrase } from './passphrase.ts';

/** Writes everything of the installation into one sealed file, while the server works. */
export const backup: Command = async (args, config, closers) => {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
  const [name] = positionals;
  if (!name) throw new Error('npm run xa -- backup FILE');
  const file = resolve(name);
  const passphrase = await readPassphrase(true);
  const ownerUrl = await joinServer(config, closers, 'xa backup');
  const began = Date.now();
  const totals = await writeBackup(
    { ownerUrl, dataDir: config.dataDir, remote: remoteStore(config) },
    file,
    passphrase,
  );
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(
    `${file}: ${totals.rows} rows of ${totals.tables} tables, ${totals.files} files; ${statSync(file).size} bytes in ${seconds} s`,
  );
  return 0;
};
