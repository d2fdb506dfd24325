import { parseArgs } from 'node:util';
import { grantRole } from '#domain/identity';
import { isAppError } from '#kernel/errors';
import { ensureStaffUser, makeStaffLink, resetSecondFactor } from '../../domains/identity/auth/accounts.ts';
import type { Command } from '../cli.ts';
import { join } from '../prepare.ts';
import { runAs } from '../runtime.ts';
import { communeNamed, OPERATOR } from './commune.ts';

/**
 * Makes somebody an administrator of a commune and prints the one-time link with which they choose their
 * password; also the way back in when the last administrator lost theirs. Everything else is on the page of rights.
 */
export const admin: Command = async (args, config, closers) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { commune: text, email: text, name: text, 'reset-second-factor': flag };
  const { values } = parseArgs({ args, options });
  const runtime = await join(config, 'xa admin', closers);
  const commune = await communeNamed(runtime, values.commune);
  const person = { email: values.email ?? '', name: values.name ?? '', homeCommune: commune.id };
  const userId = await ensureStaffUser(runtime.auth, person);
  const as = { commune, actor: OPERATOR };
  await runAs(runtime, as, (ctx) => grantRole(ctx, { userId, role: 'admin' })).catch((thrown) => {
    if (!isAppError(thrown) || thrown.code !== 'identity.grant.exists') throw thrown;
  });
  if (values['reset-second-factor']) await resetSecondFactor(runtime.auth, userId);
  const token = await makeStaffLink(runtime.auth, userId);
  console.log(`Good for 24 hours, once:\n${config.origin}/dang-nhap/lien-ket?token=${token}`);
  return 0;
};
