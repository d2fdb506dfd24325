import { attemptAll } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { errorWords } from '#app/words';
import { readSheet } from '#kernel/documents/xlsx.server';
import { AppError, refuse } from '#kernel/errors';
import { acceptUpload } from '#kernel/files/accept.server';
import type { UploadRule } from '#kernel/files/kinds';
import { formatNumber, type Locale } from '#kernel/format';
import { readCsv } from '../../import/csv.ts';
import { importAddresses, type ImportFault, type ImportReport } from '../../import/import.actions.ts';
import { readAddressList, type ListedHouse, type SheetCell } from '../../import/read-addresses.ts';
import type { Actions, PageServerLoad } from './$types';

const LIST: UploadRule = { kinds: ['xlsx'], maxBytes: 5_000_000, maxPages: 1 };
/** So many faults are shown; whoever has more mends those first. */
const MOST_SHOWN = 200;

export const load: PageServerLoad = async ({ locals: { locale }, parent, url }) => {
  const { desk } = await parent();
  if (desk.address.length === 0) refuse('refused', 403);
  return {
    crumbs: [
      { href: localizeHref('/places/staff'), label: m.places_nav_addresses({}, { locale }) },
      { href: url.pathname, label: m.places_import({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  check: async ({ locals, request }) => {
    const file = (await request.formData()).get('list');
    let answer: View | null = null;
    const refused = await attemptAll(locals, 'check', {}, async () => {
      const lines = readAddressList(await rowsOf(file));
      const report = await locals.run((ctx) => importAddresses(ctx, { lines, dry: true }));
      answer = view(report, locals.locale, report.faults.length === 0 ? JSON.stringify(lines) : null);
    });
    return refused ?? { answer: answer as View | null };
  },

  write: async ({ locals, request }) => {
    const sent = (await request.formData()).get('lines');
    let answer: View | null = null;
    const refused = await attemptAll(locals, 'write', {}, async () => {
      const lines = linesOf(sent);
      const report = await locals.run((ctx) => importAddresses(ctx, { lines }));
      answer = { ...view(report, locals.locale, null), written: report.faults.length === 0 };
    });
    return refused ?? { answer: answer as View | null };
  },
};

/** An .xlsx or .csv file's rows. @throws AppError with the reason at the field */
async function rowsOf(file: FormDataEntryValue | null): Promise<SheetCell[][]> {
  if (!(file instanceof File) || file.size === 0)
    throw new AppError('input.invalid', 422, {}, { list: 'input.missing' });
  const bytes = new Uint8Array(await file.arrayBuffer());
  // A spreadsheet is a zip archive; whatever else is taken for text.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readSheet((await acceptUpload(bytes, LIST)).bytes);
  if (bytes.length > LIST.maxBytes) refuse('kernel.files.too_large', 413, { megabytes: 5 });
  return readCsv(bytes) ?? refuse('places.import.unreadable', 422);
}

/** What the preview carried along; the verb looks through it once more. */
function linesOf(sent: FormDataEntryValue | null): ListedHouse[] {
  try {
    return JSON.parse(String(sent ?? '')) as ListedHouse[];
  } catch {
    return refuse('places.import.unreadable', 422);
  }
}

type View = ReturnType<typeof view>;

function view(report: ImportReport, locale: Locale, lines: string | null) {
  const number = (count: number) => formatNumber(count, { locale });
  const rows = new Set(report.faults.map(({ row }) => row)).size;
  return {
    fresh: number(report.fresh),
    known: number(report.known),
    faulty: rows === 0 ? null : number(rows),
    faults: report.faults.slice(0, MOST_SHOWN).map((fault) => words(fault, locale)),
    more: report.faults.length > MOST_SHOWN,
    elsewhere: report.elsewhere.slice(0, MOST_SHOWN).map((fault) => words(fault, locale)),
    nothingNew: report.fresh === 0,
    written: false,
    lines,
  };
}

function words({ row, column, code, stands }: ImportFault, locale: Locale) {
  const columns = { hamlet: m.places_hamlet, number: m.places_number, place: m.places_place };
  const fault = errorWords(code, {}, locale);
  return { row, column: columns[column]({}, { locale }), stands, fault };
}
