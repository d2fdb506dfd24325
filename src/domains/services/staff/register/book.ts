/** The register as paper and as spreadsheet. */
import { listOfficials } from '#domain/registry';
import { m } from '#i18n/messages';
import type { Ctx } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import type { SheetColumn } from '#kernel/documents/sheet';
import { mustExist } from '#kernel/errors';
import { formatPhone } from '#kernel/phone';
import { localDateOf } from '#kernel/time';
import type { PaperHead } from '../../papers/head.ts';
import { registerPapers } from '../../papers/register.ts';
import { registerOf, type RegisterLine } from '../../register/register.queries.ts';

/** Lines in one bound book, as the form draws it. */
export const BOOK_SIZE = 1000;
const WAYS = { counter: 'Trực tiếp', electronic: 'Trực tuyến', post: 'Bưu chính' };
const OUTCOMES: Record<string, string> = { refused: 'Từ chối', withdrawn: 'Rút hồ sơ' };

/** One book (quyển số 1, 2 …) of a year. @throws AppError `services.register.no_such_book` (404) */
export async function bookPaper(ctx: Ctx, year: number, book: number): Promise<Paper> {
  const { lines } = await registerOf(ctx, year);
  const officials = await listOfficials(ctx, localDateOf(ctx.now));
  const head = officials.find(({ unit }) => unit === 'one_stop');
  const papers = registerPapers({
    head: bookHead(ctx, year),
    year,
    entries: lines.map((line) => ({
      code: line.code,
      procedure: line.procedure,
      sets: 1,
      name: line.name,
      address: line.hamlet && `Xóm ${line.hamlet}`,
      phone: line.phone && formatPhone(line.phone),
      handler: line.handler ?? '',
      receivedAt: line.receivedAt,
      dueAt: line.dueAt,
      returnedAt: line.returnedAt,
      returnedBy: line.way && WAYS[line.way],
      note: noteOf(line),
    })),
    signer: { above: [], title: 'Người lập sổ', name: head?.fullName ?? null },
  });
  return mustExist(papers[book - 1], 'services.register_book');
}

function bookHead(ctx: Ctx, year: number): PaperHead {
  return {
    authority: `UBND xã ${ctx.commune.name}`,
    desk: year < 2025 ? 'Bộ phận Tiếp nhận và Trả kết quả' : 'Trung tâm Phục vụ hành chính công',
    number: null,
    place: ctx.commune.name,
    issuedAt: ctx.now,
    demo: ctx.commune.demo,
  };
}

function noteOf({ outcome, apologised }: RegisterLine): string | null {
  const notes = [outcome ? OUTCOMES[outcome] : undefined, apologised ? 'Xin lỗi, hẹn lại' : undefined];
  return notes.filter(Boolean).join('; ') || null;
}

/** The columns of the spreadsheet: those of the form. */
export function sheetColumns(): SheetColumn<RegisterLine>[] {
  return [
    { label: m.services_register_number(), kind: 'number', value: ({ number }) => number, width: 8 },
    { label: m.services_sheet_code(), kind: 'text', value: ({ code }) => code },
    { label: m.services_queue_procedure(), kind: 'text', value: ({ procedure }) => procedure, width: 44 },
    { label: m.services_queue_applicant(), kind: 'text', value: ({ name }) => name },
    { label: m.services_queue_hamlet(), kind: 'text', value: ({ hamlet }) => hamlet, width: 18 },
    {
      label: m.services_dossier_phone(),
      kind: 'text',
      value: ({ phone }) => phone && formatPhone(phone),
      width: 16,
    },
    { label: m.services_queue_officer(), kind: 'text', value: ({ handler }) => handler },
    { label: m.services_register_received(), kind: 'datetime', value: ({ receivedAt }) => receivedAt },
    { label: m.services_queue_due(), kind: 'datetime', value: ({ dueAt }) => dueAt },
    { label: m.services_register_returned(), kind: 'datetime', value: ({ returnedAt }) => returnedAt },
    { label: m.services_register_way(), kind: 'text', value: ({ way }) => way && WAYS[way], width: 14 },
    { label: m.services_register_note(), kind: 'text', value: noteOf },
  ];
}
