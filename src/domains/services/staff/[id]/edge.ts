/** The file of a result as it comes in: looked through, and where it is electronic its signature checked. */
import { theRuntime } from '#app/runtime';
import { trustedRoots } from '#app/trust';
import { verifyPdfSignature } from '#kernel/documents/signing/verify';
import { AppError } from '#kernel/errors';
import { acceptUpload } from '#kernel/files/accept.server';
import { CITIZEN_UPLOAD, RESULT_UPLOAD } from '#kernel/files/kinds';
import type { FileStore } from '#kernel/files/store';
import { ofField } from '../upload.server.ts';
import type { ResultFile } from './act.ts';

/**
 * @param electronic the file itself is the result: it must be a PDF whose signature holds and leads to an
 *   authority that is trusted here. A paper result's file is its scan.
 * @throws AppError `input.invalid` with the reason at the field `file`; `kernel.threads.*`
 */
export async function takeResultFile(
  store: FileStore,
  file: File,
  electronic: boolean,
  now: Date,
): Promise<ResultFile> {
  return ofField('file', async () => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const accepted = await acceptUpload(bytes, electronic ? RESULT_UPLOAD : CITIZEN_UPLOAD);
    const signer = electronic ? await signerOf(accepted.bytes, now) : null;
    const { hash, size } = await store.put(accepted.bytes);
    return { name: file.name, file: { hash, size, mediaType: accepted.type, pages: accepted.pages }, signer };
  });
}

/** Whose signature it bears. @throws AppError with the fault as its code */
async function signerOf(pdf: Uint8Array, now: Date): Promise<string> {
  const { config, communes } = theRuntime();
  const check = verifyPdfSignature(pdf, await trustedRoots(config, communes), now);
  if (!check.ok) throw new AppError(check.reason, 422);
  return check.signer.name;
}
