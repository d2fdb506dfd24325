import { existsSync, readdirSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyChain, type ChainReport, type Head, type Problem } from '#domain/audit';
import { headFolders, readHeads } from '../audit-heads.ts';
import { checkLog, type LogReport } from '#domain/trace';
import type { Command } from '../cli.ts';
import type { Config } from '../config.ts';
import { keptAnchors } from '../log-anchors.ts';
import { join } from '../prepare.ts';
import { runAs } from '../runtime.ts';
import { OPERATOR } from './commune.ts';

const MOST = 100;

/** Walks every audit entry, link and detail, and every leaf of the public logs. Exit code 0: all is as it was written; 1: something is not. */
export const verify: Command = async (args, config, closers) => {
  const { values } = parseArgs({ args, options: { head: { type: 'string', multiple: true } } });
  const heads = keptHeads(config, values.head ?? []);
  const anchorsKept = keptAnchors(config);
  const runtime = await join(config, 'xa verify', closers);
  const communes = await runtime.communes.all();
  let wrong = 0;
  for (const commune of communes) {
    const kept = heads.filter((head) => head.commune === commune.slug);
    const report = await runAs(runtime, { commune, actor: OPERATOR }, (ctx) => verifyChain(ctx, kept));
    console.log(linesOf(report).join('\n'));
    const anchors = anchorsKept.filter((anchor) => anchor.commune === commune.slug);
    const log = await runAs(runtime, { commune, actor: OPERATOR }, (ctx) => checkLog(ctx, anchors));
    console.log(linesOfLog(log).join('\n'));
    wrong += report.problems.length + log.problems.length;
  }
  const strangers = [...heads, ...anchorsKept].filter(
    (head) => !communes.some(({ slug }) => slug === head.commune),
  );
  for (const slug of new Set(strangers.map((head) => head.commune)))
    console.log(`✗ ${slug}: heads were kept of this commune, and it is not here`);
  if (wrong + strangers.length > 0) return 1;
  if (heads.length === 0)
    console.log(
      'No kept head was compared: whoever owns the database could have written the whole chain anew.',
    );
  return 0;
};

/** The heads of the given files, and of every folder that keeps them. */
function keptHeads(config: Config, files: readonly string[]): Head[] {
  for (const file of files) if (!existsSync(file)) throw new Error(`${file} does not exist`);
  const kept = headFolders(config)
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => joinPath(folder, name)))
    .filter((file) => file.endsWith('.jsonl'));
  return [...kept, ...files].flatMap(readHeads);
}

function linesOf(report: ChainReport): string[] {
  const { commune, entries, details, erased, waiting, heads, problems } = report;
  const counts = `${entries} entries, ${details} details, ${erased} erased with a reason, ${waiting} not chained yet, ${heads} heads compared`;
  const more = problems.length > MOST ? [`  … and ${problems.length - MOST} more`] : [];
  const mark = problems.length === 0 ? '✓' : '✗';
  return [
    `${mark} ${commune}: ${counts}`,
    ...problems.slice(0, MOST).map((problem) => `  ${wordsOf(problem)}`),
    ...more,
  ];
}

function linesOfLog({ commune, leaves, waiting, checkpoints, anchors, problems }: LogReport): string[] {
  const counts = `${leaves} leaves, ${waiting} waiting, ${checkpoints} heads signed, ${anchors} kept heads compared`;
  const more = problems.length > MOST ? [`  … and ${problems.length - MOST} more`] : [];
  return [
    `${problems.length === 0 ? '✓' : '✗'} ${commune}, public log: ${counts}`,
    ...problems.slice(0, MOST).map(({ kind, where }) => `  ${where}: ${kind}`),
    ...more,
  ];
}

const MEANING: Record<Problem['kind'], string> = {
  altered: 'was altered',
  removed: 'was removed',
  inserted: 'was inserted',
  reordered: 'stands in another place than it was written',
  detail_altered: 'has another detail than it was written with',
  detail_removed: 'lost its detail without a recorded erasure',
  head_mismatch: 'does not fit the head that was kept of it',
};

function wordsOf({ kind, seq, entryId, at, action }: Problem): string {
  const place = seq === null ? 'a record outside the chain' : `record ${seq}`;
  const entry = entryId ? ` (entry ${entryId}${at ? `, ${at}, ${action}` : ''})` : '';
  return `${place}${entry} ${MEANING[kind]}`;
}
