/** A file as it comes in, by a page or by the API: looked through, its signatures checked where it is an electronic result, kept. */
import { AppError, isAppError } from '#kernel/errors';
import { acceptSigned } from '#kernel/files/accept-signed.server';
import { acceptUpload } from '#kernel/files/accept.server';
import { CITIZEN_UPLOAD } from '#kernel/files/kinds';
import type { FileStore } from '#kernel/files/store';
import type { ResultFile, StoredFile } from './attachment.actions.ts';

/** A file before anything is known of it but what the sender calls it. */
export type GivenFile = { name: string; bytes: Uint8Array };

/** Looks through a scan or photograph and keeps it. @throws AppError `input.invalid` with the reason at the field */
export async function takeScan(store: FileStore, { bytes }: GivenFile, field: string): Promise<StoredFile> {
  return ofField(field, async () => {
    const accepted = await acceptUpload(bytes, CITIZEN_UPLOAD);
    const { hash, size } = await store.put(accepted.bytes);
    return { hash, size, mediaType: accepted.type, pages: accepted.pages };
  });
}

/** @param roots certificates to trust, DER; null for a paper result, whose file is its scan */
type ResultRule = { roots: readonly Uint8Array[] | null; now: Date; field: string };

/**
 * Takes a result's file. Where the file itself is the result it must be a PDF whose signatures hold and lead to an
 * authority that is trusted here.
 * @throws AppError `input.invalid` with the reason at the field; `kernel.threads.*`
 */
export async function takeResultFile(
  store: FileStore,
  { name, bytes }: GivenFile,
  { roots, now, field }: ResultRule,
): Promise<ResultFile> {
  return ofField(field, async () => {
    const { signature, ...accepted } = roots
      ? await acceptSigned(bytes, roots, now)
      : { signature: null, ...(await acceptUpload(bytes, CITIZEN_UPLOAD)) };
    const { hash, size } = await store.put(accepted.bytes);
    return { name, file: { hash, size, mediaType: accepted.type, pages: accepted.pages }, signature };
  });
}

/** A refusal of the file becomes one of its field; what is no refusal of the file stays what it is. */
async function ofField<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.status === 503) throw thrown;
    throw new AppError('input.invalid', 422, thrown.params, { [field]: thrown.code });
  }
}
