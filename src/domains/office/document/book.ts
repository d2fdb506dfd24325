/** The registers of documents (sổ đăng ký văn bản), as paper and as spreadsheet: NĐ 30/2020/NĐ-CP, annex IV. */
import { m } from '#i18n/messages';
import type { CommuneRef } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import type { SheetColumn } from '#kernel/documents/sheet';
import { refuse } from '#kernel/errors';
import { formatDate } from '#kernel/format';
import { localDateOf, localDate } from '#kernel/time';
import type { Direction, DispatchWay } from './document.ts';
import type { BookLine } from './document.queries.ts';
import { documentType } from './kinds.ts';

const WAYS: Record<DispatchWay, string> = {
  exchange: 'Trục liên thông',
  email: 'Thư điện tử',
  post: 'Bưu chính',
  hand: 'Trao tay',
};

/** Reads the name of a book, `den-2026` or `di-2026`. @throws AppError `office.book.not_found` (404) */
export function readBook(name: string): { direction: Direction; year: number } {
  const [, which, year] = /^(den|di)-(20\d{2})$/.exec(name) ?? [];
  if (!which || !year) return refuse('office.book.not_found', 404);
  return { direction: which === 'den' ? 'in' : 'out', year: Number(year) };
}

/** The book of a year as paper, A4 across. */
export function bookPaper(
  commune: CommuneRef,
  { direction, year, now }: { direction: Direction; year: number; now: Date },
  lines: readonly BookLine[],
  nameOf: (id: string | null) => string | null,
): Paper {
  const title = direction === 'in' ? 'SỔ ĐĂNG KÝ VĂN BẢN ĐẾN' : 'SỔ ĐĂNG KÝ VĂN BẢN ĐI';
  return {
    template: 'domains/office/document/book.typ',
    title: `${title} năm ${year}`,
    issuedAt: now,
    tagged: false,
    data: {
      demo: commune.demo,
      agency: `Ủy ban nhân dân xã ${commune.name}`,
      heading: title,
      year,
      columns: direction === 'in' ? IN_HEADS : OUT_HEADS,
      widths:
        direction === 'in' ? [1, 1.5, 3, 2.4, 1.6, 5.4, 3, 1.8, 2.4] : [1.6, 1.6, 2, 5.6, 2.8, 3, 2, 2.4],
      rows: lines.map((line) => (direction === 'in' ? inCells(line, nameOf) : outCells(line, nameOf))),
      first: lines[0]?.number ?? null,
      last: lines.at(-1)?.number ?? null,
    },
  };
}

const IN_HEADS = [
  'Số đến',
  'Ngày đến',
  'Tác giả',
  'Số, ký hiệu',
  'Ngày văn bản',
  'Tên loại và trích yếu',
  'Đơn vị hoặc người nhận',
  'Hạn xử lý',
  'Ghi chú',
];
const OUT_HEADS = [
  'Số, ký hiệu',
  'Ngày văn bản',
  'Tên loại',
  'Trích yếu nội dung',
  'Người ký',
  'Nơi nhận',
  'Cách gửi',
  'Ghi chú',
];

function inCells(line: BookLine, nameOf: (id: string | null) => string | null): string[] {
  return [
    String(line.number),
    formatDate(localDate(arrivedOn(line))),
    line.sender ?? '',
    line.symbol ?? '',
    line.issued_on ? formatDate(localDate(line.issued_on)) : '',
    `${documentType(line.type).name.vi}: ${line.summary}`,
    nameOf(line.handler_id) ?? '',
    line.due_at ? formatDate(line.due_at) : '',
    line.done_at ? `Xong ${formatDate(line.done_at)}` : '',
  ];
}

function outCells(line: BookLine, nameOf: (id: string | null) => string | null): string[] {
  return [
    line.symbol ?? '',
    line.issued_on ? formatDate(localDate(line.issued_on)) : '',
    documentType(line.type).name.vi,
    line.summary,
    nameOf(line.content?.signerId ?? null) ?? '',
    toWhom(line),
    waysOf(line) ?? '',
    '',
  ];
}

/** What was registered before the book kept its own days stands under the day of registering. */
function arrivedOn(line: BookLine): string {
  return line.arrived_on ?? localDateOf(line.made_at);
}

function toWhom({ content }: BookLine): string {
  return [...(content?.addressees ?? []), ...(content?.copies ?? [])].join('; ');
}

function waysOf({ dispatched }: BookLine): string | null {
  const ways = [...new Set((dispatched ?? '').split(',').filter(Boolean))];
  return ways.map((way) => WAYS[way as DispatchWay]).join(', ') || null;
}

/** The columns of the spreadsheet. */
export function bookColumns(
  direction: Direction,
  nameOf: (id: string | null) => string | null,
): SheetColumn<BookLine>[] {
  const common: SheetColumn<BookLine>[] = [
    { label: m.office_document_number(), kind: 'number', value: ({ number }) => number, width: 8 },
    { label: m.office_document_symbol(), kind: 'text', value: ({ symbol }) => symbol, width: 18 },
    { label: m.office_document_issued_on(), kind: 'date', value: (line) => line.issued_on },
    {
      label: m.office_document_type(),
      kind: 'text',
      value: ({ type }) => documentType(type).name.vi,
      width: 18,
    },
    { label: m.office_document_summary(), kind: 'text', value: ({ summary }) => summary, width: 60 },
  ];
  if (direction === 'out')
    return [
      ...common,
      {
        label: m.office_document_signer(),
        kind: 'text',
        value: ({ content }) => nameOf(content?.signerId ?? null),
      },
      { label: m.office_document_addressees(), kind: 'text', value: toWhom, width: 40 },
      { label: m.office_document_ways(), kind: 'text', value: waysOf },
    ];
  return [
    ...common,
    { label: m.office_document_arrived(), kind: 'date', value: arrivedOn },
    { label: m.office_document_sender(), kind: 'text', value: ({ sender }) => sender, width: 32 },
    { label: m.office_document_handler(), kind: 'text', value: ({ handler_id }) => nameOf(handler_id) },
    { label: m.office_document_due(), kind: 'datetime', value: ({ due_at }) => due_at },
    { label: m.office_document_done_at(), kind: 'datetime', value: ({ done_at }) => done_at },
  ];
}
