/** The typesetter's thread: its compiler is synchronous and takes up to some hundred milliseconds. */
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { refuse } from '../errors.ts';
import { serveThread } from '../threads/answer.ts';

export interface TypstRequest {
  /** Templates may read files below this folder and nowhere else. */
  readonly workspace: string;
  readonly fonts: readonly string[];
  readonly main: string;
  readonly inputs: Record<string, string>;
  readonly archival: boolean;
  readonly tagged: boolean;
  /** Seconds since 1970, the file's creation date. */
  readonly timestamp: number;
}

/** The file, or what is wrong with the template (words of the compiler, for whoever mends the template). */
export type TypstAnswer = { readonly pdf: Uint8Array } | { readonly fault: string };

/** Compilations after which an unused result is forgotten. */
const KEEP = 10;

let compiler: NodeCompiler | undefined;

function draw(request: TypstRequest): TypstAnswer {
  compiler ??= NodeCompiler.create({
    workspace: request.workspace,
    fontArgs: [{ fontPaths: [...request.fonts] }],
  });
  try {
    const result = compiler.compile({ mainFilePath: request.main, inputs: request.inputs });
    const error = result.takeError();
    if (!result.result)
      return { fault: JSON.stringify(error ? compiler.fetchDiagnostics(error) : 'no document') };
    return { pdf: new Uint8Array(toPdf(compiler, result.result, request)) };
  } finally {
    compiler.evictCache(KEEP);
  }
}

function toPdf(typst: NodeCompiler, document: NodeTypstDocument, request: TypstRequest): Uint8Array {
  const options = { creationTimestamp: request.timestamp, pdfTags: request.tagged };
  if (!request.archival) return typst.pdf(document, options);
  try {
    return typst.pdf(document, { ...options, pdfStandard: 'a-2b' });
  } catch (error) {
    // The one fault of a paper that its data can cause: a letter that no font has must not become a box
    // on an official paper.
    if (/could not be displayed/.test(String(error))) refuse('kernel.documents.undrawable_text', 422);
    throw error;
  }
}

serveThread(draw);
