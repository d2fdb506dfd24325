/** `npm run xa -- <command>`: the operator's commands, one file each. */
import { Closers } from './closers.ts';
import { ConfigError, readConfig, type Config } from './config.ts';

/** Runs a command. @returns the exit code */
export type Command = (args: string[], config: Config, closers: Closers) => Promise<number>;

type Entry = { use: string; load: () => Promise<Command> };

const COMMANDS: Record<string, Entry> = {
  backup: {
    use: 'backup FILE                       one encrypted file with everything; XA_PASSPHRASE or asked for',
    load: async () => (await import('./commands/backup.ts')).backup,
  },
  restore: {
    use: 'restore FILE                      into an empty database',
    load: async () => (await import('./commands/restore.ts')).restore,
  },
  verify: {
    use: 'verify [--head FILE] …            checks the audit record and the public logs, also against kept heads',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  'audit-heads': {
    use: 'audit-heads                       writes the heads of the audit record and of the public logs now',
    load: async () => (await import('./commands/audit-heads.ts')).auditHeads,
  },
  'log-key': {
    use: 'log-key list --commune SLUG | rotate --commune SLUG [--overlap-days 30] [--lost]   the key that signs the public log',
    load: async () => (await import('./commands/log-key.ts')).logKey,
  },
  'erase-audit-detail': {
    use: 'erase-audit-detail --commune SLUG --entry ID --reason TEXT',
    load: async () => (await import('./commands/erase-audit-detail.ts')).eraseDetail,
  },
  worker: {
    use: 'worker                            works the job queue in a process of its own',
    load: async () => (await import('./commands/worker.ts')).worker,
  },
  commune: {
    use: 'commune list | add FILE | merge FILE [--confirm TEXT] [--accept-open-work]   the communes of this installation; merge alone is a dry run',
    load: async () => (await import('./commands/commune.ts')).commune,
  },
  admin: {
    use: 'admin --commune SLUG --email E --name TEXT [--reset-second-factor]   an administrator, with a one-time link for the password',
    load: async () => (await import('./commands/admin.ts')).admin,
  },
  'api-key': {
    use: 'api-key create --commune SLUG --name TEXT --roles clerk,leader [--until YYYY-MM-DD] | list --commune SLUG | end --commune SLUG --id ID',
    load: async () => (await import('./commands/api-key.ts')).apiKey,
  },
};

const [name = '', ...args] = process.argv.slice(2);
const closers = new Closers();
process.exitCode = await run();
await closers.closeAll((thrown) => console.error(thrown));

async function run(): Promise<number> {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) {
    const lines = Object.values(COMMANDS).map(({ use }) => `  npm run xa -- ${use}`);
    console.error([...(name ? [`Unknown command: ${name}`] : []), 'Commands:', ...lines].join('\n'));
    return 2;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void closers.closeAll().finally(() => process.exit(130)));
  try {
    const command = await entry.load();
    return await command(args, readConfig(), closers);
  } catch (thrown) {
    if (closers.closing) return 130;
    const usage = (thrown as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    console.error(usage ? `${(thrown as Error).message}\n  npm run xa -- ${entry.use}` : messageOf(thrown));
    return usage || thrown instanceof ConfigError ? 2 : 1;
  }
}

function messageOf(thrown: unknown): string {
  if (process.env.LOG_LEVEL === 'debug' && thrown instanceof Error) return thrown.stack ?? thrown.message;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
