import { parseArgs } from 'node:util';
import { createApiKey, endApiKey, listApiKeys, type ApiKey } from '#domain/identity';
import { ROLES, type Role } from '#kernel/rights';
import { addDays, localDate, localDateOf, startOfDay } from '#kernel/time';
import type { Command } from '../cli.ts';
import { join } from '../prepare.ts';
import { runAs } from '../runtime.ts';
import { communeNamed, OPERATOR } from './commune.ts';

/** Makes or ends a key for the API. A new key is printed once and kept only as a hash. */
export const apiKey: Command = async (args, config, closers) => {
  const text = { type: 'string' } as const;
  const options = { commune: text, name: text, roles: text, until: text, id: text, producer: text };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [what] = positionals;
  if (what !== 'create' && what !== 'end' && what !== 'list')
    throw new Error('npm run xa -- api-key create …, list … or end …');
  const producerId = values.producer ?? null;
  const roles = what === 'create' && producerId === null ? rolesOf(values.roles) : [];
  const runtime = await join(config, 'xa api-key', closers);
  const commune = await communeNamed(runtime, values.commune);
  const as = { commune, actor: OPERATOR };
  if (what === 'list') {
    for (const key of await runAs(runtime, as, listApiKeys)) console.log(lineOf(key));
    return 0;
  }
  if (what === 'end') {
    await runAs(runtime, as, (ctx) => endApiKey(ctx, values.id ?? ''));
    console.log(`The key ${values.id} has ended.`);
    return 0;
  }
  const validTo = values.until ? startOfDay(addDays(localDate(values.until), 1)) : null;
  const input = { name: values.name ?? 'operator', roles, validTo, producerId };
  const made = await runAs(runtime, as, (ctx) => createApiKey(ctx, input));
  console.log(`id:  ${made.id}\nkey: ${made.key}\nThe key is shown this once: keep it safe.`);
  return 0;
};

function lineOf({ id, name, roles, createdAt, validTo, endedAt }: ApiKey): string {
  const day = (at: Date) => localDateOf(at);
  const end = endedAt
    ? `ended ${day(endedAt)}`
    : validTo
      ? `until ${day(new Date(validTo.getTime() - 1))}`
      : 'open';
  return `${id}  ${day(createdAt)}  ${end.padEnd(16)}  ${roles.join(',')}  ${name}`;
}

function rolesOf(text = ''): Role[] {
  const names = text.split(',').filter(Boolean);
  const roles = names.flatMap((name) => ROLES.find((role) => role === name) ?? []);
  if (roles.length !== names.length || roles.length === 0)
    throw new Error(`--roles is a list (with commas) of: ${ROLES.join(', ')}`);
  return roles;
}
