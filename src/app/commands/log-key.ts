import { parseArgs } from 'node:util';
import { findLog, keyView, rotateLogKey } from '#domain/trace';
import type { Command } from '../cli.ts';
import { join } from '../prepare.ts';
import { runAs } from '../runtime.ts';
import { communeNamed, OPERATOR } from './commune.ts';

/** Shows the keys of a commune's public log, or makes the next one. */
export const logKey: Command = async (args, config, closers) => {
  const text = { type: 'string' } as const;
  const options = { commune: text, 'overlap-days': text, lost: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [what] = positionals;
  if (what !== 'list' && what !== 'rotate') throw new Error('npm run xa -- log-key list … or rotate …');
  const overlapDays = Number(values['overlap-days'] ?? 30);
  if (!Number.isInteger(overlapDays) || overlapDays < 0 || overlapDays > 366)
    throw new Error('--overlap-days is a whole number from 0 to 366');
  const runtime = await join(config, 'xa log-key', closers);
  const as = { commune: await communeNamed(runtime, values.commune), actor: OPERATOR };
  if (what === 'rotate') {
    const key = await runAs(runtime, as, (ctx) =>
      rotateLogKey(ctx, { overlapDays, lost: values.lost ?? false }),
    );
    console.log(`${key}\nsigns from now on: print it wherever the old one stands.`);
    return 0;
  }
  const log = await runAs(runtime, as, findLog);
  if (!log) console.log('No key yet: the log makes one with its first leaf.');
  for (const { key, signs_from, signs_until } of (log?.keys ?? []).map(keyView))
    console.log(`${key}\n  signs from ${signs_from}${signs_until ? ` until ${signs_until}` : ''}`);
  return 0;
};
