/** What the room's pages share: files that officials hand in, page numbers, choices. */
import { whereIn } from '#kernel/pager';
import { m } from '#i18n/messages';
import { fileResponse } from '#app/file-response';
import { officeCalendar } from '#domain/commune';
import { inOffice, listColleagues, listOfficials, type Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { AppError, isAppError } from '#kernel/errors';
import { acceptUpload } from '#kernel/files/accept.server';
import { CITIZEN_UPLOAD, STAFF_UPLOAD, type UploadRule } from '#kernel/files/kinds';
import { parseFileHash, type FileStore } from '#kernel/files/store';
import type { RunInCommune } from '#kernel/manifest';
import type { Thing } from '#kernel/rights';
import { localDateOf, type LocalDate } from '#kernel/time';
import type { StoredScan } from './archive/archive.actions.ts';
import type { Entry } from './agenda/entry.ts';
import { icsOf } from './agenda/ics.ts';
import { soonUntil } from './due.ts';
import { openFile, type StoredFile } from './file.actions.ts';
import { mayBringIn } from './people.ts';

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

/** Where the reader is in a list, for the pager. */
export function pagerOf(page: number, perPage: number, shown: number, total: number) {
  const where = whereIn({ first: (page - 1) * perPage + 1, shown, total });
  return { page, pages: Math.max(1, Math.ceil(total / perPage)), where };
}

type Option = { value: string; label: string };

/** The officials of the commune itself who may be given work on a day, as choices. */
export function officialOptions(officials: readonly Official[], day: LocalDate): Option[] {
  return officials
    .filter((one) => inOffice(one, day) && one.unit !== 'hamlet' && one.unit !== 'digital_team')
    .map(asOption);
}

/** Those, and the heads of the hamlets: who may be given a task on a day. */
export function taskOptions(officials: readonly Official[], day: LocalDate): Option[] {
  const heads = officials.filter((one) => inOffice(one, day) && one.unit === 'hamlet');
  return [...officialOptions(officials, day), ...heads.map(asOption)];
}

/** Who may be brought into a task by the reader; for officials of a hamlet those of theirs, and who works on it already. */
export function helperOptions(
  ctx: Pick<Ctx, 'actor' | 'now'>,
  officials: readonly Official[],
  known: readonly string[],
): Option[] {
  const day = localDateOf(ctx.now);
  const reach = officials.filter((one) => known.includes(one.id) || mayBringIn(ctx.actor, one));
  if (reach.length === officials.length) return taskOptions(officials, day);
  return reach.filter((one) => inOffice(one, day)).map(asOption);
}

function asOption({ id, fullName, post }: Official): Option {
  return { value: id, label: `${fullName}, ${post}` };
}

/** What pages of documents and tasks are worded with: names of all terms, the clock, the reader's language. */
export async function aroundWork(ctx: Ctx) {
  const officials = await listColleagues(ctx);
  const names = new Map(officials.map((one) => [one.id, one.fullName]));
  const soon = soonUntil(await officeCalendar(ctx), ctx.now);
  return { officials, names, soon, now: ctx.now, locale: ctx.locale };
}

/** Names of officials by the sign-in with which they act, for histories. */
export async function namesOfUsers(ctx: Ctx): Promise<ReadonlyMap<string, string>> {
  const officials = await listColleagues(ctx);
  return new Map(officials.flatMap(({ userId, fullName }) => (userId ? [[userId, fullName] as const] : [])));
}

/** Every official of every term by id, for spreadsheets and papers. */
export async function namesOfOfficials(ctx: Ctx): Promise<ReadonlyMap<string, string>> {
  const officials = await listOfficials(ctx, 'ever');
  return new Map(officials.map((one) => [one.id, one.fullName]));
}

/**
 * Sends a file of a thing of the room to whoever may see the thing; every opening is written to the audit record.
 * @param see reads the thing, and so refuses who may not; whose own it is
 */
export async function sendFile(
  locals: { run: RunInCommune; files: FileStore },
  url: URL,
  { id, file: fileId }: { id: string; file: string },
  see: (ctx: Ctx) => Promise<Thing>,
): Promise<Response> {
  const file = await locals.run(async (ctx) => {
    const thing = await see(ctx);
    return openFile(ctx, id, fileId, thing);
  });
  const hash = parseFileHash(file.hash);
  if (!hash) throw new AppError('kernel.files.not_found', 404);
  const { name, mediaType: type, size } = file;
  const bytes = await locals.files.open(hash);
  return fileResponse(bytes, { name, type, size, save: url.searchParams.has('save') });
}

/** The calendar as a phone takes it in. @param domain what stands in the addresses of the entries for ever */
export function calendarResponse(
  ctx: Pick<Ctx, 'commune'>,
  entries: readonly Entry[],
  names: ReadonlyMap<string, string>,
  domain: string,
): Response {
  const words = {
    chair: m.office_entry_chair(),
    people: m.office_entry_people(),
    preparation: m.office_entry_preparation(),
  };
  const name = m.office_feed_name({ commune: ctx.commune.name });
  const text = icsOf(entries, { name, domain, nameOf: (id) => names.get(id), words });
  return new Response(text, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="lich-cong-tac.ics"',
      'cache-control': 'private, max-age=300',
      'x-content-type-options': 'nosniff',
    },
  });
}
