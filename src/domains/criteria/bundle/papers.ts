/** The index of a bundle as a paper, and its lines as a spreadsheet. Pure. */
import type { CommuneRef } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import type { Sheet, SheetColumn } from '#kernel/documents/sheet';
import { formatDate, formatOfficialDate } from '#kernel/format';
import { displayValue } from '#kernel/measures';
import { levelsOf, type BoardLine } from '../board.ts';
import type { SnapshotBody } from '../snapshot/body.ts';
import type { Frozen } from '../snapshot/snapshot.actions.ts';
import { boardView, lineView, stageWords, statusView, type LineView } from '../words.ts';

/** The index in the layout of NĐ 30/2020/NĐ-CP, annex I: totals, every line, the files with their hashes. */
export function indexPaper(
  taken: Frozen,
  body: SnapshotBody,
  commune: Pick<CommuneRef, 'name' | 'demo'>,
): Paper {
  const view = boardView(body.board, 'vi', true);
  return {
    template: 'domains/criteria/bundle/index.typ',
    title: `Danh mục minh chứng ${view.title}`,
    issuedAt: taken.at,
    data: {
      demo: commune.demo,
      head: {
        authority: null,
        desk: `Ủy ban nhân dân xã ${commune.name}`,
        number: null,
        place: commune.name,
        date: formatOfficialDate(taken.at),
      },
      subject: view.title,
      unverified: !view.verified,
      source: view.source,
      asOf: formatDate(taken.asOf, 'vi'),
      signer: taken.signerName,
      digest: taken.digest,
      totals: view.totals,
      themes: view.themes.map((theme) => ({
        title: `${theme.code}. ${theme.text}`,
        status: theme.status.label,
        rows: theme.objectives.flatMap(({ lines }) =>
          lines.map((line) => [
            line.code,
            line.text,
            line.target,
            line.value,
            originOf(line),
            line.status.label,
          ]),
        ),
      })),
      files: body.files.map(({ indicator, name, hash }) => [indicator, name, hash]),
    },
  };
}

function originOf(line: LineView): string {
  return line.live ? 'từ sổ của xã' : (line.typed ?? '–');
}

type Cells = Record<string, string>;
const column = (label: string, key: string, width: number): SheetColumn<Cells> => ({
  label,
  kind: 'text',
  width,
  value: (row) => row[key] ?? '',
});

/** Three sheets: the lines, who signed what, the measures behind. */
export function sheetsOf(body: SnapshotBody): Sheet<unknown>[] {
  const lines = levelsOf(body.board).indicators;
  const sheet = (name: string, columns: SheetColumn<Cells>[], rows: Cells[]) =>
    ({ name, columns, rows }) as Sheet<unknown>;
  const measured = body.measures.map(({ name, title, unit, computed, meaning }) => ({
    name,
    title: title.vi,
    value: displayValue(unit, computed, 'vi'),
    meaning: meaning.vi,
  }));
  return [
    sheet('Chỉ tiêu', LINE_COLUMNS, lines.map(lineCells)),
    sheet('Các lần ký', SIGNATURE_COLUMNS, lines.flatMap(signatureCells)),
    sheet('Số liệu', MEASURE_COLUMNS, measured),
  ];
}

const LINE_COLUMNS = [
  column('Mã', 'code', 10),
  column('Chỉ tiêu', 'text', 50),
  column('Yêu cầu', 'target', 16),
  column('Kết quả', 'value', 18),
  column('Số liệu từ', 'from', 24),
  column('Tình trạng', 'status', 16),
  column('Minh chứng', 'evidence', 40),
  column('Nguồn', 'source', 50),
];

function lineCells(line: BoardLine): Cells {
  const { code, text, target, value, status, evidence, source, ...view } = lineView(line, 'vi', true);
  const from = view.live ? 'từ sổ của xã' : (view.typed ?? '–');
  return { code, text, target, value, from, status: status.label, evidence: evidence ?? '', source };
}

const SIGNATURE_COLUMNS = [
  column('Mã', 'code', 10),
  column('Bước', 'stage', 18),
  column('Kết luận', 'verdict', 16),
  column('Người ký', 'who', 28),
  column('Ngày', 'at', 14),
  column('Lý do', 'reason', 50),
];

function signatureCells({ indicator, signatures }: BoardLine): Cells[] {
  return signatures.map(({ stage, verdict, signerName, at, reason }) => ({
    code: indicator.code,
    stage: stageWords(stage, 'vi'),
    verdict: statusView(verdict, 'vi').label,
    who: signerName,
    at: formatDate(at, 'vi'),
    reason: reason ?? '',
  }));
}

const MEASURE_COLUMNS = [
  column('Tên', 'name', 36),
  column('Số liệu', 'title', 36),
  column('Giá trị', 'value', 16),
  column('Cách tính', 'meaning', 80),
];
