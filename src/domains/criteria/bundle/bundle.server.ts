/** The evidence bundle: everything that a reviewer needs, in one archive that checks itself offline. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ctx } from '#kernel/context';
import { renderPdf } from '#kernel/documents/render.server';
import { writeSheets } from '#kernel/documents/xlsx.server';
import { parseFileHash, type FileStore } from '#kernel/files/store';
import { appRoot } from '#kernel/threads/root';
import { readBody } from '../snapshot/body.ts';
import type { Frozen } from '../snapshot/snapshot.actions.ts';
import { signManifest } from './key.ts';
import { indexPaper, sheetsOf } from './papers.ts';
import { storedZip, type Part } from './zip.ts';

export type Taken = Frozen & { body: string };
const text = (content: string) => new TextEncoder().encode(content);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const ENDINGS: Record<string, string> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
};

/**
 * The archive of a frozen board: manifest and signature first, then index, spreadsheet, the frozen text, the files,
 * the verifier. @throws AppError `kernel.files.*` where a file of the evidence is missing or damaged
 */
export async function bundleOf(
  ctx: Pick<Ctx, 'wiring' | 'commune'>,
  taken: Taken,
  store: FileStore,
): Promise<Uint8Array> {
  const body = readBody(taken.body);
  const parts: Part[] = [
    { name: 'index.pdf', bytes: await renderPdf(indexPaper(taken, body, ctx.commune)) },
    { name: 'criteria.xlsx', bytes: await writeSheets(sheetsOf(body)) },
    { name: 'snapshot.json', bytes: text(taken.body) },
  ];
  for (const { hash, type } of body.files) {
    const name = `files/${hash}${ENDINGS[type] ?? ''}`;
    const known = parseFileHash(hash);
    if (known && !parts.some((one) => one.name === name))
      parts.push({ name, bytes: await store.read(known) });
  }
  parts.push({ name: 'evidence.mjs', bytes: readFileSync(join(appRoot(), 'verify/evidence.mjs')) });
  const manifest = text(`${JSON.stringify(manifestOf(ctx, taken, parts), null, 2)}\n`);
  const signature = text(`${signManifest(ctx, manifest)}\n`);
  return storedZip([
    { name: 'manifest.json', bytes: manifest },
    { name: 'manifest.sig', bytes: signature },
    ...parts,
  ]);
}

function manifestOf(ctx: Pick<Ctx, 'commune'>, taken: Taken, parts: readonly Part[]) {
  return {
    format: 'xa-so-criteria-bundle/1',
    commune: ctx.commune.name,
    demo: ctx.commune.demo,
    set: taken.set,
    asOf: taken.asOf,
    frozenAt: taken.at.toISOString(),
    signer: taken.signerName,
    digest: taken.digest,
    files: parts.map(({ name: path, bytes }) => ({ path, size: bytes.length, sha256: sha256(bytes) })),
  };
}
