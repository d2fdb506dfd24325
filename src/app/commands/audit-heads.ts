import { headFolders, writeHeads } from '../audit-heads.ts';
import type { Command } from '../cli.ts';
import { join } from '../prepare.ts';

/** Writes the heads now, as the clock does every night. */
export const auditHeads: Command = async (_args, config, closers) => {
  const runtime = await join(config, 'xa audit-heads', closers);
  const written = await writeHeads(runtime);
  console.log(`${written} heads written to ${headFolders(config).join(' and ')}`);
  return 0;
};
