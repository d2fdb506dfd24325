/** What the room's pages share: files that officials hand in, page numbers, choices. */
import { m } from '#i18n/messages';
import type { Official } from '#domain/registry';
import { AppError, isAppError } from '#kernel/errors';
import { acceptUpload } from '#kernel/files/accept.server';
import { CITIZEN_UPLOAD, STAFF_UPLOAD, type UploadRule } from '#kernel/files/kinds';
import type { FileStore } from '#kernel/files/store';
import { inOffice } from '#domain/registry';
import type { LocalDate } from '#kernel/time';
import type { StoredScan } from './archive/archive.actions.ts';
import type { StoredFile } from './file.actions.ts';

/** What a browser offers to choose from; the server looks at the content. */
export const ACCEPT = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx';
const MOST_AT_ONCE = 20;
const MOST_SCANS_AT_ONCE = 60;

/**
 * Looks through the files of a form's field and keeps their bytes.
 * @throws AppError `input.invalid` with the reason at the field
 */
export async function takeFiles(
  store: FileStore,
  form: FormData,
  field: string,
  rule: UploadRule = STAFF_UPLOAD,
): Promise<StoredFile[]> {
  const files = form.getAll(field).filter((one): one is File => one instanceof File && one.size > 0);
  if (files.length > MOST_AT_ONCE)
    throw new AppError('input.invalid', 422, {}, { [field]: 'office.file.too_many' });
  const taken: StoredFile[] = [];
  for (const file of files) taken.push(await takeFile(store, file, field, rule));
  return taken;
}

async function takeFile(store: FileStore, file: File, field: string, rule: UploadRule): Promise<StoredScan> {
  try {
    const accepted = await acceptUpload(new Uint8Array(await file.arrayBuffer()), rule);
    const { hash, size } = await store.put(accepted.bytes);
    const { type: mediaType, pages, pixels } = accepted;
    const { width = null, height = null } = pixels ?? {};
    return { name: file.name, hash, size, mediaType, pages, width, height };
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.status === 503) throw thrown;
    throw new AppError('input.invalid', 422, thrown.params, { [field]: thrown.code });
  }
}

/** Like {@link takeFiles} for scans: pictures and PDFs, with their pixels. */
export async function takeScans(store: FileStore, form: FormData, field: string): Promise<StoredScan[]> {
  const files = form.getAll(field).filter((one): one is File => one instanceof File && one.size > 0);
  if (files.length > MOST_SCANS_AT_ONCE)
    throw new AppError('input.invalid', 422, {}, { [field]: 'office.file.too_many' });
  const taken: StoredScan[] = [];
  for (const file of files) taken.push(await takeFile(store, file, field, CITIZEN_UPLOAD));
  return taken;
}

const LAST_PAGE = 1000;

/** The page of a list that the address asks for, counted from 1. */
export function pageIn(query: URLSearchParams): number {
  const page = Math.trunc(Number(query.get('page')));
  return page >= 1 && page <= LAST_PAGE ? page : 1;
}

/** Where the reader is in a list, for the pager. */
export function pagerOf(page: number, perPage: number, shown: number, total: number) {
  const from = (page - 1) * perPage + 1;
  const where =
    shown === 0
      ? m.office_where_none()
      : m.office_where({ from: String(from), to: String(from + shown - 1), total: String(total) });
  return { page, pages: Math.max(1, Math.ceil(total / perPage)), where };
}

type Option = { value: string; label: string };

/** The officials of the commune itself who may be given work on a day, as choices. */
export function officialOptions(officials: readonly Official[], day: LocalDate): Option[] {
  return officials
    .filter((one) => inOffice(one, day) && one.unit !== 'hamlet' && one.unit !== 'digital_team')
    .map((one) => ({ value: one.id, label: `${one.fullName}, ${one.post}` }));
}
