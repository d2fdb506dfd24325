import type { Paper } from '#kernel/documents/paper';
import { moneyInWords } from '#kernel/money';
import { dossierData, headData } from './head.ts';
import type { PaperDossier, PaperHead } from './head.ts';
import { capitalized, momentWords, moneyWords } from './words.ts';

export interface FeePaper {
  readonly head: PaperHead;
  readonly dossier: PaperDossier;
  /** Each fee with its amount in đồng and why it is lowered, where it is. */
  readonly lines: readonly { readonly name: string; readonly amount: bigint; readonly note: string | null }[];
  readonly paidAt: Date;
  /** How it was paid, such as `tiền mặt`, `chuyển khoản`. */
  readonly method: string;
  /** The number of the fee receipt proper (biên lai), which this note does not replace. */
  readonly receiptNumber: string;
  readonly payer: string;
  readonly cashier: string | null;
}

/** A note that the fee of a dossier was paid, A5. It names the fee receipt proper and does not replace it. */
export function feePaper(data: FeePaper): Paper {
  const total = data.lines.reduce((sum, line) => sum + line.amount, 0n);
  return {
    template: 'domains/services/papers/fee.typ',
    title: `Phiếu thu phí, lệ phí ${data.dossier.code}`,
    issuedAt: data.head.issuedAt,
    data: {
      ...headData(data.head),
      dossier: dossierData(data.dossier),
      lines: data.lines.map(({ name, amount, note }) => ({ name, amount: moneyWords(amount), note })),
      total: moneyWords(total),
      totalWords: capitalized(moneyInWords(total)),
      paid: momentWords(data.paidAt),
      method: data.method,
      receiptNumber: data.receiptNumber,
      payer: data.payer,
      cashier: data.cashier,
    },
  };
}
