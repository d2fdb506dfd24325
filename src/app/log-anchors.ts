/** Keeps the heads of the public logs outside the database, beside the audit heads: `log/<commune>.jsonl`, only appended to. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAnchors, sequenceLeaves, takeAnchor, type Anchor } from '#domain/trace';
import { isClosed, type CommuneRef } from '#kernel/context';
import { appendLines, headFolders } from './audit-heads.ts';
import type { Config } from './config.ts';
import { runAs, type Runtime } from './runtime.ts';

const SYSTEM = { kind: 'system', name: 'log-anchors' } as const;

/**
 * Gives waiting leaves their places in every commune, then appends the log's head to each file that lacks it.
 * @returns how many heads were written @throws Error when a log no longer begins with what a file has kept
 */
export async function writeAnchors(
  runtime: Pick<Runtime, 'communes' | 'config' | 'handle' | 'wiring'>,
): Promise<number> {
  let written = 0;
  for (const commune of await runtime.communes.all()) {
    await sequenceAll(runtime, commune);
    for (const folder of anchorFolders(runtime.config)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${commune.slug}.jsonl`);
      const last = readAnchors(file).at(-1);
      const anchor = await runAs(runtime, { commune, actor: SYSTEM }, (ctx) => takeAnchor(ctx, last));
      if (!anchor) continue;
      appendLines(file, `${JSON.stringify(anchor)}\n`);
      written += 1;
    }
  }
  return written;
}

async function sequenceAll(runtime: Pick<Runtime, 'handle' | 'wiring'>, commune: CommuneRef): Promise<void> {
  if (isClosed({ commune, now: new Date() })) return;
  for (let more = true; more;) {
    const done = await runAs(runtime, { commune, actor: SYSTEM }, sequenceLeaves);
    // Nothing added although there is more: another process is at it, and its head is the next one to keep.
    more = done.more && done.added > 0;
  }
}

function anchorFolders(config: Pick<Config, 'dataDir' | 'auditHeadsDir'>): string[] {
  return headFolders(config).map((folder) => join(folder, 'log'));
}

/** All kept heads of all communes. */
export function keptAnchors(config: Pick<Config, 'dataDir' | 'auditHeadsDir'>): Anchor[] {
  return anchorFolders(config)
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap(readAnchors);
}

function readAnchors(file: string): Anchor[] {
  if (!existsSync(file)) return [];
  try {
    return parseAnchors(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new Error(`${file}, ${(thrown as Error).message}`, { cause: thrown });
  }
}
