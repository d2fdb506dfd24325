/** One DEMO result paper, signed by the demo's test authority and stored once; every electronic result of the demo is this file. */
import type { StoredFile } from '#domain/services';
import type { Runtime } from '#app/runtime';

export type SignedResult = { file: StoredFile; signer: string };

/** What the demo's results hold until the signing of papers is at hand: a stored file without a paper is never made. */
export async function buildSignedResult(_runtime: Runtime): Promise<SignedResult> {
  return { file: { hash: '0'.repeat(64), size: 1, mediaType: 'application/pdf', pages: 1 }, signer: 'DEMO' };
}
