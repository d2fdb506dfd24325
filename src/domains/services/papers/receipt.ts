import type { Paper } from '#kernel/documents/paper';
import { dossierData, headData } from './head.ts';
import type { PaperDossier, PaperHead } from './head.ts';
import { countWords, momentWords, moneyWords } from './words.ts';

/** One paper that the citizen handed in. */
export interface ReceivedPaper {
  readonly name: string;
  /** How it was given: `bản chính`, `bản sao chứng thực`, `tệp điện tử` … */
  readonly kind: string | null;
  readonly copies: number;
}

/** Which of the two copies: one stays with the dossier, one goes to the citizen. */
export type ReceiptCopy = 'kept' | 'given';

export interface ReceiptPaper {
  readonly head: PaperHead;
  readonly dossier: PaperDossier;
  readonly papers: readonly ReceivedPaper[];
  /** Sets of the dossier, usually 1. */
  readonly sets: number;
  /** The legal limit in words, such as `03 ngày làm việc`, `trong ngày làm việc`. */
  readonly limit: string;
  readonly receivedAt: Date;
  /** Promised time of return; null where the law gives no limit. */
  readonly dueAt: Date | null;
  /** Where or how the result comes: `Bộ phận Tiếp nhận và Trả kết quả`, `qua bưu chính`, `bản điện tử` … */
  readonly returnAt: string;
  /** The fee: an amount in đồng with a note, or none. */
  readonly fee: { readonly amount: bigint; readonly note: string | null } | null;
  /** Book and number in the register of the year; absent where the register is not numbered by hand. */
  readonly register: { readonly book: string; readonly entry: number } | null;
  readonly submitter: string | null;
  readonly receiver: string | null;
  /** The tracking address, drawn as QR, and the short random code that can be read over the phone. */
  readonly tracking: { readonly url: string; readonly shortCode: string; readonly site: string };
  /** Telephone of the desk. */
  readonly deskPhone: string | null;
  /** One page (or run of pages) per copy. */
  readonly copies: readonly ReceiptCopy[];
}

const COPY_WORDS: Readonly<Record<ReceiptCopy, string>> = {
  kept: 'Liên 1: Lưu cùng hồ sơ',
  given: 'Liên 2: Giao người nộp hồ sơ',
};

/** Giấy tiếp nhận hồ sơ và hẹn trả kết quả, A5: form 01 of TT 01/2018/TT-VPCP, article 9. */
export function receiptPaper(data: ReceiptPaper): Paper {
  return {
    template: 'domains/services/papers/receipt.typ',
    title: `Giấy tiếp nhận hồ sơ và hẹn trả kết quả ${data.dossier.code}`,
    issuedAt: data.head.issuedAt,
    codes: { track: data.tracking.url },
    data: {
      ...headData(data.head),
      dossier: dossierData(data.dossier),
      papers: data.papers.map(({ name, kind, copies }) => ({ name, kind, copies: countWords(copies) })),
      sets: countWords(data.sets),
      limit: data.limit,
      received: momentWords(data.receivedAt),
      due: data.dueAt ? momentWords(data.dueAt) : 'khi có thông báo của cơ quan giải quyết',
      returnAt: data.returnAt,
      fee: data.fee && { amount: moneyWords(data.fee.amount), note: data.fee.note },
      register: data.register && { book: data.register.book, entry: countWords(data.register.entry) },
      submitter: data.submitter,
      receiver: data.receiver,
      shortCode: data.tracking.shortCode,
      site: data.tracking.site,
      deskPhone: data.deskPhone,
      copies: data.copies.map((copy) => COPY_WORDS[copy]),
    },
  };
}
