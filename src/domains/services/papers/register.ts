import type { Paper } from '#kernel/documents/paper';
import { formatDateTime, formatDate } from '#kernel/format';
import { headData, signerData } from './head.ts';
import type { PaperHead, PaperSigner } from './head.ts';
import { countWords } from './words.ts';

/** One dossier in the register. */
export interface RegisterEntry {
  readonly code: string;
  readonly procedure: string;
  readonly sets: number;
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
  /** The unit that handles it. */
  readonly handler: string;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly returnedAt: Date | null;
  /** How the result was returned, such as `trực tiếp`, `bưu chính`, `trực tuyến`. */
  readonly returnedBy: string | null;
  readonly note: string | null;
}

export interface RegisterPaper {
  readonly head: PaperHead;
  /** The calendar year of the book; numbers run from 01 within it (TT 01/2018/TT-VPCP, art. 9). */
  readonly year: number;
  /** All entries of the year in order of reception. */
  readonly entries: readonly RegisterEntry[];
  readonly signer: PaperSigner;
}

/** Entries in one book: a volume that can still be bound, and drawn in about a second and 300 MB. */
const BOOK_SIZE = 1000;

/**
 * Sổ theo dõi hồ sơ, A4 across: form 06 of TT 01/2018/TT-VPCP, article 9. One paper per book (quyển số 01,
 * 02 …) of a thousand entries; the numbers run on from book to book. A year without dossiers has one empty book.
 */
export function registerPapers(data: RegisterPaper): Paper[] {
  const books = Math.max(1, Math.ceil(data.entries.length / BOOK_SIZE));
  return Array.from({ length: books }, (_, book) => registerBook(data, book));
}

function registerBook(data: RegisterPaper, book: number): Paper {
  const firstNumber = book * BOOK_SIZE + 1;
  const entries = data.entries.slice(firstNumber - 1, firstNumber - 1 + BOOK_SIZE);
  return {
    template: 'domains/services/papers/register.typ',
    title: `Sổ theo dõi hồ sơ năm ${data.year}, quyển số ${countWords(book + 1)}`,
    issuedAt: data.head.issuedAt,
    tagged: false,
    data: {
      ...headData(data.head),
      year: data.year,
      book: countWords(book + 1),
      signer: signerData(data.signer),
      first: countWords(firstNumber),
      last: countWords(firstNumber + entries.length - 1),
      size: entries.length,
      entries: entries.map((entry, index) => [
        countWords(firstNumber + index),
        entry.code,
        entry.procedure,
        countWords(entry.sets),
        entry.name,
        [entry.address, entry.phone].filter(Boolean).join('; '),
        entry.handler,
        formatDateTime(entry.receivedAt),
        entry.dueAt && formatDateTime(entry.dueAt),
        entry.returnedAt && formatDate(entry.returnedAt),
        entry.returnedBy,
        null,
        entry.note,
      ]),
    },
  };
}
