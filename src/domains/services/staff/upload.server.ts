/** Files that officials hand in. */
import { AppError, isAppError } from '#kernel/errors';
import { acceptUpload } from '#kernel/files/accept.server';
import { CITIZEN_UPLOAD } from '#kernel/files/kinds';
import type { FileStore } from '#kernel/files/store';
import type { StoredFile } from '../attachment/attachment.actions.ts';

/** The file of a form's field; undefined when none was chosen. */
export function fileIn(form: FormData, name: string): File | undefined {
  const file = form.get(name);
  return file instanceof File && file.size > 0 ? file : undefined;
}

/** Looks through a scan or photograph and keeps it. @throws AppError `input.invalid` with the reason at the field */
export async function takeScan(store: FileStore, file: File, field: string): Promise<StoredFile> {
  return ofField(field, async () => {
    const accepted = await acceptUpload(new Uint8Array(await file.arrayBuffer()), CITIZEN_UPLOAD);
    const { hash, size } = await store.put(accepted.bytes);
    return { hash, size, mediaType: accepted.type, pages: accepted.pages };
  });
}

/** A refusal of the file becomes one of its field; what is no refusal of the file stays what it is. */
export async function ofField<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.status === 503) throw thrown;
    throw new AppError('input.invalid', 422, thrown.params, { [field]: thrown.code });
  }
}
