/** A report as a paper and as a spreadsheet, from its frozen text alone. Pure. */
import type { CommuneRef } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import type { Sheet, SheetColumn } from '#kernel/documents/sheet';
import { formatDate, formatDateTime, formatMoney, formatOfficialDate } from '#kernel/format';
import { displayValue } from '#kernel/measures';
import { levelsOf, type totalsOf } from '../board.ts';
import { lineView, statusView } from '../words.ts';
import { readReport, type ReportBody } from './body.ts';
import { periodWords } from './period.ts';
import type { Report } from './report.queries.ts';

type Where = { commune: Pick<CommuneRef, 'name' | 'demo'>; origin: string };
const NONE = '–';

/** The paper in the layout of NĐ 30/2020/NĐ-CP, annex I; unsigned ones say that they are a draft. */
export function reportPaper(report: Report, { commune, origin }: Where): Paper {
  const body = readReport(report.body);
  const signed = report.acts.find(({ act }) => act === 'signed');
  const at = signed?.at ?? report.madeAt;
  return {
    template: 'domains/criteria/report/report.typ',
    title: `Báo cáo tiến độ ${periodWords(report)}`,
    issuedAt: at,
    data: {
      demo: commune.demo,
      head: {
        authority: null,
        desk: `Ủy ban nhân dân xã ${commune.name}`,
        number: null,
        place: commune.name,
        date: formatOfficialDate(at),
      },
      period: periodWords(report),
      first: formatDate(body.first, 'vi'),
      last: formatDate(body.last, 'vi'),
      unverified: !body.board.set.verified,
      source: body.board.set.source,
      totals: totalWords(body.totals.now),
      before: body.totals.before && totalWords(body.totals.before),
      figures: figureRows(body).map(({ path, ...row }) => ({ ...row, href: origin + path })),
      lines: lineRows(body).map(({ path, ...row }) => ({ ...row, href: origin + path })),
      late: body.late.map((one) => [
        one.code,
        one.text,
        one.official ?? NONE,
        formatDate(one.since, 'vi'),
        String(one.days),
      ]),
      money: moneyRows(body).map(({ title, planned, received, spent }) => [title, planned, received, spent]),
      digest: report.digest,
      signers: [
        {
          role: signed ? 'Người ký báo cáo' : 'Bản dự thảo, chưa ký',
          hint: signed ? `Ký trên hệ thống lúc ${formatDateTime(signed.at, 'vi')}` : null,
          name: signed?.name ?? null,
        },
      ],
    },
  };
}

function totalWords(totals: ReturnType<typeof totalsOf>) {
  const words = ({ reached, all }: { reached: number; all: number }) => `${reached}/${all}`;
  return {
    themes: words(totals.themes),
    objectives: words(totals.objectives),
    indicators: words(totals.indicators),
  };
}

function figureRows({ figures }: ReportBody) {
  return figures.map(({ title, unit, before, now, records }) => ({
    text: title.vi,
    before: amount(unit, before),
    now: amount(unit, now),
    path: records,
  }));
}

/** A share as "10/18", anything else as it is shown. */
function amount(unit: ReportBody['figures'][number]['unit'], computed: ReportBody['figures'][number]['now']) {
  return unit === 'share' && computed.denominator
    ? `${computed.numerator}/${computed.denominator}`
    : displayValue(unit, computed, 'vi');
}

function lineRows({ board, before, last }: ReportBody) {
  return levelsOf(board).indicators.map((line) => {
    const view = lineView(line, 'vi', true);
    const earlier = before[line.indicator.code];
    const asked = new URLSearchParams({ set: board.set.code, as_of: last });
    return {
      code: view.code,
      text: view.text,
      value: view.value,
      before: earlier ? statusView(earlier, 'vi').label : NONE,
      now: view.status.label,
      path: `/can-bo/tien-do/${line.indicator.code}?${asked}`,
    };
  });
}

function moneyRows({ money }: ReportBody) {
  return money.map(({ code, title, planned, received, spent }) => ({
    title: `${code}. ${title}`,
    planned: formatMoney(BigInt(planned), 'vi'),
    received: formatMoney(BigInt(received), 'vi'),
    spent: formatMoney(BigInt(spent), 'vi'),
  }));
}

type Cells = Record<string, string | bigint>;
const column = (label: string, key: string, width: number): SheetColumn<Cells> => ({
  label,
  kind: 'text',
  width,
  value: (row) => row[key],
});
const money = (label: string, key: string): SheetColumn<Cells> => ({
  label,
  kind: 'money',
  value: (row) => row[key],
});

/** Four sheets: figures, indicators, what is late, money; each figure with the address of its records. */
export function reportSheets(report: Report, origin: string): Sheet<unknown>[] {
  const body = readReport(report.body);
  const sheet = (name: string, columns: SheetColumn<Cells>[], rows: Cells[]) =>
    ({ name, columns, rows }) as Sheet<unknown>;
  const linked = <T extends { path: string }>({ path, ...row }: T) => ({ ...row, href: origin + path });
  return [
    sheet('Số liệu chung', FIGURE_COLUMNS, figureRows(body).map(linked)),
    sheet('Chỉ tiêu', LINE_COLUMNS, lineRows(body).map(linked)),
    sheet(
      'Quá hạn',
      LATE_COLUMNS,
      body.late.map(({ code, text, official, since, days }) => ({
        code,
        text,
        official: official ?? NONE,
        since: formatDate(since, 'vi'),
        days: String(days),
      })),
    ),
    sheet(
      'Kinh phí',
      MONEY_COLUMNS,
      body.money.map(({ title, planned, received, spent }) => ({
        title,
        planned: BigInt(planned),
        received: BigInt(received),
        spent: BigInt(spent),
      })),
    ),
  ];
}

const FIGURE_COLUMNS = [
  column('Số liệu', 'text', 40),
  column('Đầu kỳ', 'before', 20),
  column('Cuối kỳ', 'now', 20),
  column('Xem hồ sơ', 'href', 60),
];
const LINE_COLUMNS = [
  column('Mã', 'code', 10),
  column('Chỉ tiêu', 'text', 60),
  column('Kết quả', 'value', 18),
  column('Đầu kỳ', 'before', 16),
  column('Cuối kỳ', 'now', 16),
  column('Xem hồ sơ', 'href', 60),
];
const LATE_COLUMNS = [
  column('Mã', 'code', 10),
  column('Chỉ tiêu', 'text', 60),
  column('Cán bộ phụ trách', 'official', 28),
  column('Hạn', 'since', 14),
  column('Số ngày', 'days', 10),
];
const MONEY_COLUMNS = [
  column('Mô hình', 'title', 60),
  money('Kế hoạch', 'planned'),
  money('Đã nhận', 'received'),
  money('Đã chi', 'spent'),
];
