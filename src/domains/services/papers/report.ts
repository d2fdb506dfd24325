import type { Paper } from '#kernel/documents/paper';
import { headData, signerData } from './head.ts';
import type { PaperHead, PaperSigner } from './head.ts';

/** One table of a report. Cells come as words: one formatting function of the program decides how numbers look. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** The last row is a sum. */
  readonly total: boolean;
  readonly note: string | null;
}

export interface ReportPaper {
  readonly head: PaperHead;
  /** Such as `Tình hình giải quyết thủ tục hành chính quý III năm 2026`. */
  readonly subject: string;
  /** To whom it goes, such as `Ủy ban nhân dân tỉnh Thái Nguyên`. */
  readonly addressee: string | null;
  /** Short figures set before the tables. */
  readonly summary: readonly { readonly label: string; readonly value: string }[];
  readonly sections: readonly {
    readonly title: string;
    readonly paragraphs: readonly string[];
    readonly tables: readonly ReportTable[];
  }[];
  /** As of when the figures hold, and where their records stand. */
  readonly asOf: string;
  readonly recipients: readonly string[];
  readonly signer: PaperSigner;
}

/** A report upwards with tables, A4 in the layout of NĐ 30/2020/NĐ-CP, annex I; kept for years (PDF/A-2b). */
export function reportPaper(data: ReportPaper): Paper {
  return {
    template: 'domains/services/papers/report.typ',
    title: `Báo cáo ${data.subject}`,
    issuedAt: data.head.issuedAt,
    archival: true,
    data: {
      ...headData(data.head),
      subject: data.subject,
      addressee: data.addressee,
      summary: data.summary.map(({ label, value }) => ({ label, value })),
      sections: data.sections.map(({ title, paragraphs, tables }) => ({
        title,
        paragraphs,
        tables: tables.map((table) => ({
          title: table.title,
          columns: table.columns.map(({ label, numeric }) => ({ label, numeric })),
          rows: table.rows,
          total: table.total,
          note: table.note,
        })),
      })),
      asOf: data.asOf,
      recipients: data.recipients,
      signer: signerData(data.signer),
    },
  };
}
