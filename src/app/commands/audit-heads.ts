import { headFolders, writeHeads } from '../audit-heads.ts';
import type { Command } from '../cli.ts';
import { writeAnchors } from '../log-anchors.ts';
import { join } from '../prepare.ts';

/** Writes the heads now, as the clock does every night. */
export const auditHeads: Command = async (_args, config, closers) => {
  const runtime = await join(config, 'xa audit-heads', closers);
  const written = await writeHeads(runtime);
  const anchors = await writeAnchors(runtime);
  console.log(
    `${written} heads of the audit record and ${anchors} of public logs written to ${headFolders(config).join(' and ')}`,
  );
  return 0;
};
