import { join } from 'node:path';
import { appRoot } from '../threads/root.ts';
import { runInThread } from '../threads/pool.server.ts';
import type { ThreadKind } from '../threads/pool.server.ts';
import { cleanText } from '../text.ts';
import type { Paper } from './paper.ts';
import { qrSvg } from './qr.ts';
import type { TypstAnswer, TypstRequest } from './typst.thread.ts';

const TYPST: ThreadKind = {
  name: 'typst',
  file: 'src/kernel/documents/typst.thread.ts',
  maxTasks: 500,
  timeoutMs: 60_000,
  idleMs: 60_000,
};

/** A template that does not fit its data: a fault of ours, not of the person who asked for the paper. */
export class PaperError extends Error {
  override name = 'PaperError';
}

/**
 * Draws a paper as PDF, beside the web server's own thread.
 * @throws AppError `kernel.documents.undrawable_text` (422) when an archival paper holds a letter that no font
 * has; `kernel.threads.busy`, `kernel.threads.too_slow`, `kernel.threads.died` (503)
 * @throws PaperError when the template does not compile
 */
export async function renderPdf(paper: Paper): Promise<Uint8Array> {
  const answer = await runInThread<TypstAnswer>(TYPST, typstRequest(paper));
  if ('fault' in answer) throw new PaperError(`${paper.template}: ${answer.fault}`);
  return answer.pdf;
}

function typstRequest(paper: Paper): TypstRequest {
  if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*\.typ$/.test(paper.template)) {
    throw new PaperError(`${paper.template} is no template`);
  }
  const source = join(appRoot(), 'src');
  const inputs: Record<string, string> = {
    data: JSON.stringify({ ...paper.data, title: paper.title }, (_key, value: unknown) =>
      typeof value === 'string' ? cleanText(value) : value,
    ),
  };
  for (const [name, text] of Object.entries(paper.codes ?? {}))
    inputs[`qr-${name}`] = qrSvg(text, paper.correction);
  return {
    workspace: source,
    fonts: FONTS.map((font) => join(appRoot(), 'node_modules/@expo-google-fonts', font)),
    main: join(source, paper.template),
    inputs,
    archival: paper.archival ?? false,
    tagged: paper.tagged ?? true,
    timestamp: Math.floor(paper.issuedAt.getTime() / 1000),
  };
}

const FONTS = [
  'tinos',
  'be-vietnam-pro/400Regular',
  'be-vietnam-pro/400Regular_Italic',
  'be-vietnam-pro/600SemiBold',
  'be-vietnam-pro/700Bold',
];
