/** Keeps the heads of the audit chains outside the database: a file per commune, one line per head, only appended to. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { linkEntries, parseHeads, takeHeads, verifyHead, type Head } from '#domain/audit';
import type { CommuneRef } from '#kernel/context';
import type { Config } from './config.ts';
import { runAs, type Runtime } from './runtime.ts';

const SYSTEM = { kind: 'system', name: 'audit-heads' } as const;

/** The folders that keep heads: always the one beside the database, and the one in AUDIT_HEADS_DIR. */
export function headFolders(config: Pick<Config, 'dataDir' | 'auditHeadsDir'>): string[] {
  return [join(config.dataDir, 'audit-heads'), ...(config.auditHeadsDir ? [config.auditHeadsDir] : [])];
}

/**
 * Chains whatever is not chained yet in every commune, then appends what each file lacks.
 * @returns how many heads were written @throws Error when the chain no longer fits what a file has kept
 */
export async function writeHeads(runtime: Runtime): Promise<number> {
  let written = 0;
  for (const commune of await runtime.communes.all()) {
    await linkAll(runtime, commune);
    for (const folder of headFolders(runtime.config)) written += await writeHeadsTo(runtime, commune, folder);
  }
  return written;
}

async function linkAll(runtime: Runtime, commune: CommuneRef): Promise<void> {
  for (let more = true; more;) {
    ({ more } = await runAs(runtime, { commune, actor: SYSTEM, afterClosing: true }, (ctx) =>
      linkEntries(ctx, { thorough: true }),
    ));
  }
}

async function writeHeadsTo(runtime: Runtime, commune: CommuneRef, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${commune.slug}.jsonl`);
  const last = readHeads(file).at(-1);
  const heads = await runAs(runtime, { commune, actor: SYSTEM }, async (ctx) => {
    if (last) await verifyHead(ctx, last);
    return takeHeads(ctx, BigInt(last?.seq ?? 0));
  });
  if (heads.length > 0) appendLines(file, heads.map((head) => `${JSON.stringify(head)}\n`).join(''));
  return heads.length;
}

/** The heads that a file holds; none where there is no file. @throws Error with file and line */
export function readHeads(file: string): Head[] {
  if (!existsSync(file)) return [];
  try {
    return parseHeads(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new Error(`${file}, ${(thrown as Error).message}`, { cause: thrown });
  }
}

/** On disk when it returns. A line that an earlier crash cut off is taken away first. */
export function appendLines(file: string, lines: string): void {
  if (existsSync(file)) {
    const whole = readFileSync(file);
    truncateSync(file, whole.lastIndexOf(10) + 1);
  }
  appendFileSync(file, lines, { mode: 0o600 });
  const opened = openSync(file, 'r+');
  fsyncSync(opened);
  closeSync(opened);
}
