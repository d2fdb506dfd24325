/**
 * The report of a quarter or a year: the measures, frozen as they are when it is drawn. Each figure names its
 * measure, so that whoever doubts one can ask for its records (TT 01/2018/TT-VPCP art. 16: reports by quarter and year).
 */
import type { Ctx } from '#kernel/context';
import type { Sheet } from '#kernel/documents/sheet';
import { formatDateTime } from '#kernel/format';
import { displayValue, type MeasureQuestion } from '#kernel/measures';
import { allow } from '#kernel/rights';
import type { ReportPaper, ReportTable } from '../papers/report.ts';
import { tableBy, type GroupRow } from './board.ts';
import { spanWords } from './figure-words.ts';
import { MEASURES } from './measures.ts';

const PAGE = '/services/staff/figures';

/** A figure as it stood when the report was drawn. */
export type FrozenFigure = {
  measure: string;
  title: string;
  numerator: number;
  denominator: number | null;
  value: number | null;
  display: string;
};

export type Report = {
  /** `quý III năm 2026`, `năm 2026` */
  period: string;
  question: MeasureQuestion;
  drawnAt: Date;
  figures: FrozenFigure[];
  tables: { title: string; rows: GroupRow[] }[];
};

/** Asks every measure once, and the tables by procedure, hamlet and way of filing. Always in Vietnamese, as official papers are. */
export async function drawReport(ctx: Ctx, period: string, question: MeasureQuestion): Promise<Report> {
  allow(ctx, 'services.figures.export', {}, { period, as_of: question.asOf });
  const vietnamese: Ctx = { ...ctx, locale: 'vi' };
  const figures: FrozenFigure[] = [];
  for (const measure of MEASURES) {
    const computed = await measure.compute(vietnamese, question);
    const display = displayValue(measure.unit, computed, 'vi');
    figures.push({ measure: measure.name, title: measure.title.vi, ...computed, display });
  }
  const tables = [];
  for (const [group, title] of [
    ['procedure', 'Theo thủ tục'],
    ['hamlet', 'Theo xóm'],
    ['channel', 'Theo cách nộp'],
  ] as const) {
    tables.push({ title, rows: await tableBy(vietnamese, group, question, PAGE) });
  }
  return { period, question, drawnAt: ctx.now, figures, tables };
}

const NUMBERS = ['Tiếp nhận', 'Đã giải quyết', 'Đúng hạn', 'Đang quá hạn'];
const SUMMARY = ['received', 'decided', 'on_time_share', 'online_share'];

/** The report as the paper that goes upwards. @param frame head and signer of the commune */
export function reportOf(
  report: Report,
  frame: Pick<ReportPaper, 'head' | 'signer' | 'recipients'>,
): ReportPaper {
  return {
    ...frame,
    subject: `Tình hình giải quyết thủ tục hành chính ${report.period}`,
    addressee: null,
    summary: SUMMARY.map((name) => {
      const figure = report.figures.find((one) => one.measure === `services.dossiers.${name}`)!;
      return { label: figure.title, value: figure.display };
    }),
    sections: [
      { title: 'Kết quả chung', paragraphs: [], tables: [figuresTable(report)] },
      { title: 'Chi tiết', paragraphs: [], tables: report.tables.map(groupTable) },
    ],
    asOf: `${frozenWords(report)} Danh sách hồ sơ của từng con số mở được trong phần mềm theo tên chỉ tiêu.`,
  };
}

function frozenWords({ question, drawnAt }: Report): string {
  return `Số liệu ${spanWords(question, 'vi')}, chốt lúc ${formatDateTime(drawnAt)}.`;
}

function figuresTable({ figures }: Report): ReportTable {
  return {
    title: 'Các chỉ tiêu',
    columns: [
      { label: 'Chỉ tiêu', numeric: false },
      { label: 'Kết quả', numeric: true },
      { label: 'Đạt', numeric: true },
      { label: 'Trên tổng số', numeric: true },
      { label: 'Tên trong phần mềm', numeric: false },
    ],
    rows: figures.map((one) => [
      one.title,
      one.display,
      String(one.numerator),
      one.denominator === null ? '' : String(one.denominator),
      one.measure.replace('services.', ''),
    ]),
    total: false,
    note: null,
  };
}

function groupTable({ title, rows }: Report['tables'][number]): ReportTable {
  return {
    title,
    columns: [{ label: title, numeric: false }, ...NUMBERS.map((label) => ({ label, numeric: true }))],
    rows: rows.map((row) => [
      row.label,
      row.received.display,
      row.decided.display,
      row.onTime.display,
      row.overdue.display,
    ]),
    total: false,
    note: null,
  };
}

/** The same report as sheets of one spreadsheet file. */
export function reportSheets(report: Report): Sheet<unknown>[] {
  const figures: Sheet<FrozenFigure> = {
    name: 'Chỉ tiêu',
    columns: [
      { label: 'Chỉ tiêu', kind: 'text', value: (one) => one.title, width: 44 },
      { label: 'Kết quả', kind: 'text', value: (one) => one.display, width: 12 },
      { label: 'Đạt', kind: 'number', value: (one) => one.numerator },
      { label: 'Trên tổng số', kind: 'number', value: (one) => one.denominator },
      { label: 'Từ ngày', kind: 'text', value: () => report.question.from ?? '' },
      { label: 'Đến ngày', kind: 'text', value: () => report.question.asOf },
      { label: 'Chốt lúc', kind: 'datetime', value: () => report.drawnAt },
      { label: 'Tên chỉ tiêu trong phần mềm', kind: 'text', value: (one) => one.measure, width: 44 },
    ],
    rows: report.figures,
  };
  return [figures, ...report.tables.map(groupSheet)] as Sheet<unknown>[];
}

function groupSheet({ title, rows }: Report['tables'][number]): Sheet<GroupRow> {
  return {
    name: title,
    columns: [
      { label: title, kind: 'text', value: (row) => row.label, width: 60 },
      { label: 'Tiếp nhận', kind: 'number', value: (row) => row.received.value },
      { label: 'Đã giải quyết', kind: 'number', value: (row) => row.decided.value },
      { label: 'Đúng hạn', kind: 'text', value: (row) => row.onTime.display, width: 12 },
      { label: 'Đang quá hạn', kind: 'number', value: (row) => row.overdue.value },
    ],
    rows,
  };
}
