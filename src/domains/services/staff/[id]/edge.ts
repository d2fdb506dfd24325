/** The file of a result as it comes in: looked through, and where it is electronic its signature checked. */
import { theRuntime } from '#app/runtime';
import { trustedRoots } from '#app/trust';
import { acceptSigned } from '#kernel/files/accept-signed.server';
import { acceptUpload } from '#kernel/files/accept.server';
import { CITIZEN_UPLOAD } from '#kernel/files/kinds';
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
    const { signature, ...accepted } = electronic
      ? await acceptHere(bytes, now)
      : { signature: null, ...(await acceptUpload(bytes, CITIZEN_UPLOAD)) };
    const { hash, size } = await store.put(accepted.bytes);
    const { type: mediaType, pages } = accepted;
    return { name: file.name, file: { hash, size, mediaType, pages }, signature };
  });
}

async function acceptHere(bytes: Uint8Array, now: Date) {
  const { config, communes } = theRuntime();
  return acceptSigned(bytes, await trustedRoots(config, communes), now);
}
