import { parseArgs } from 'node:util';
import { eraseAuditDetail } from '#domain/audit';
import type { Command } from '../cli.ts';
import { join } from '../prepare.ts';
import { runAs } from '../runtime.ts';
import { communeNamed, OPERATOR } from './commune.ts';

/** Erases what one audit entry says about a person; the erasure and its reason stand in the record. */
export const eraseDetail: Command = async (args, config, closers) => {
  const options = {
    commune: { type: 'string' },
    entry: { type: 'string' },
    reason: { type: 'string' },
  } as const;
  const { values } = parseArgs({ args, options });
  const runtime = await join(config, 'xa erase-audit-detail', closers);
  const commune = await communeNamed(runtime, values.commune);
  const input = { entryId: values.entry ?? '', reason: values.reason ?? '' };
  await runAs(runtime, { commune, actor: OPERATOR }, (ctx) => eraseAuditDetail(ctx, input));
  console.log(`The detail of ${input.entryId} is erased; the erasure stands in the audit record.`);
  return 0;
};
