/** A book as a paper and as sheets. */
import { m } from '#i18n/messages';
import type { CommuneRef } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import type { Sheet } from '#kernel/documents/sheet';
import { formatDate, formatOfficialDate } from '#kernel/format';
import type { Book } from './book.queries.ts';
import { partsOf, type Part } from './edge.words.ts';
import type { BookKind, Period } from './period.ts';

/** By which standard a book is kept; not compared with the standards' own texts. */
const STANDARDS: Record<BookKind, string> = {
  vietgap: 'VietGAP, TCVN 11892-1:2017',
  organic: 'hữu cơ, TCVN 11041-2:2017 và TCVN 11041-6:2018',
};

/** More rows than this are left without tags: they would outweigh the table. */
const MOST_TAGGED = 400;

/** The paper, in Vietnamese: certifiers read it. */
export function bookPaper(commune: CommuneRef, book: Book, period: Period, now: Date): Paper {
  const parts = partsOf(book, 'vi');
  const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
  return {
    template: 'domains/farming/book/book.typ',
    title: `Sổ ghi chép sản xuất chè ${book.subject}`,
    issuedAt: now,
    tagged: rows <= MOST_TAGGED,
    data: {
      demo: commune.demo,
      place: commune.name,
      date: formatOfficialDate(now),
      subject: book.subject,
      standard: STANDARDS[period.kind],
      span: `Từ ngày ${formatDate(period.from)} đến ngày ${formatDate(period.to)}`,
      certified: period.certified,
      parts: parts.map((part) => ({ ...part, widths: widthsOf(part) })),
    },
  };
}

/** How wide the columns of a part are in comparison, by the longest text in them. */
function widthsOf({ head, rows }: Part): number[] {
  return head.map((label, at) => {
    const longest = Math.max(...rows.map((row) => row[at]!.length), Math.ceil(label.length * 0.7));
    // A code of a plot must not break; long remarks may.
    return Math.min(Math.max(longest + 2, 7), 28);
  });
}

/** One sheet for each part. */
export function bookSheets(book: Book, locale: 'vi' | 'en'): Sheet<unknown>[] {
  return partsOf(book, locale).map((part, at) => ({
    name: `${at + 1}. ${part.title}`,
    columns: part.head.map((label, column) => ({
      label,
      kind: 'text' as const,
      value: (row: unknown) => (row as readonly string[])[column],
    })),
    rows: part.rows,
  }));
}

/** `so-vietgap-2025-01-10-2026-11-23.pdf` */
export function fileNameOf({ kind, from, to }: Period, format: 'pdf' | 'xlsx'): string {
  return `so-${kind}-${from}-${to}.${format}`;
}

/** The period and format that an address asks for; undefined for any other. */
export function readFileName(
  name: string,
): { kind: string; from: string; to: string; format: string } | undefined {
  return /^so-(?<kind>vietgap|organic)-(?<from>\d{4}-\d\d-\d\d)-(?<to>\d{4}-\d\d-\d\d)\.(?<format>pdf|xlsx)$/.exec(
    name,
  )?.groups as { kind: string; from: string; to: string; format: string } | undefined;
}

export function kindWordsOf(kind: BookKind, locale: 'vi' | 'en'): string {
  return (kind === 'vietgap' ? m.farming_book_vietgap : m.farming_book_organic)({}, { locale });
}
