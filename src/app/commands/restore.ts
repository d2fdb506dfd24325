import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readBackup } from '../backup/read.ts';
import { checkTarget, restore as restoreInto } from '../backup/restore.ts';
import type { Command } from '../cli.ts';
import { openServer } from '../database-server.ts';
import { remoteStore } from '../files.ts';
import { readPassphrase } from './passphrase.ts';

/** Restores a backup into an empty database and data folder; anything else is refused before it is touched. */
export const restore: Command = async (args, config, closers) => {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
  const [name] = positionals;
  if (!name) throw new Error('npm run xa -- restore FILE');
  const file = resolve(name);
  const remote = remoteStore(config);
  const say = (step: string) => console.log(`• ${step}`);
  const passphrase = await readPassphrase(false);
  say('Kiểm tra bản sao lưu từ đầu đến cuối (checking the backup from end to end) …');
  const contents = await readBackup(file, passphrase);
  checkTarget(contents, config.dataDir);
  const { ownerUrl } = await openServer(config, closers, say);
  const target = { ownerUrl, dataDir: config.dataDir, remote };
  const { totals, head, migrated, requeued } = await restoreInto(target, file, passphrase, contents, say);
  console.log(`Restored what was backed up at ${head.made_at}:
${totals.rows} rows of ${totals.tables} tables and ${totals.files} files, each compared with the backup and equal.`);
  if (migrated.length > 0) console.log(`Then brought up to date by ${migrated.length} migrations.`);
  if (requeued > 0) console.log(`${requeued} jobs that were running at that time are back in the queue.`);
  return 0;
};
