/** A file of a form: looked through and kept, before the transaction that names it. */
import { AppError, isAppError } from '#kernel/errors';
import { acceptUpload } from '#kernel/files/accept.server';
import { CITIZEN_UPLOAD, type UploadRule } from '#kernel/files/kinds';
import type { FileHash, FileStore } from '#kernel/files/store';

export type TakenFile = { hash: FileHash; size: number; type: string; name: string };

/** What a browser offers to choose from for a scan or a photo; the server looks at the content. */
export const SCANS = '.pdf,.jpg,.jpeg,.png';

/** Null when none was chosen. @throws AppError `input.invalid` with the reason at the field */
export async function takeFile(
  form: FormData,
  field: string,
  store: FileStore,
  rule: UploadRule = CITIZEN_UPLOAD,
): Promise<TakenFile | null> {
  const sent = form.get(field);
  if (!(sent instanceof File) || sent.size === 0) return null;
  try {
    const { bytes, type } = await acceptUpload(new Uint8Array(await sent.arrayBuffer()), rule);
    const { hash, size } = await store.put(bytes);
    return { hash, size, type, name: sent.name.slice(0, 150) };
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.status === 503) throw thrown;
    throw new AppError('input.invalid', 422, thrown.params, { [field]: thrown.code });
  }
}
