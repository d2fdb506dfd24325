/**
 * A document out as a file of Word's, so that the clerk can go on writing in it: the same words in the same
 * places as `outgoing.typ` draws, measures of NĐ 30/2020/NĐ-CP, annex I.
 */
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip as mm,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableBorders,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  type IParagraphOptions,
  type IRunOptions,
} from 'docx';
import { cleanText } from '#kernel/text';
import type { OutgoingSheet, SheetLine } from './paper.ts';

const FONT = 'Times New Roman';
/** Between the margins of 30 and 18 mm. */
const WIDTH = 162;
const AGENCY = 66;
const NATION = WIDTH - AGENCY;
const COPIES = 78;
const SIGNATURE = WIDTH - COPIES;
/** Widths of the thin lines: a third of the agency's line, the whole motto, a third of the summary's (II.1, II.2, II.5). */
const RULES = { agency: 22, motto: 52, summary: 34 } as const;
/** Six points, in twentieths: what parts paragraphs at least. */
const GAP = 120;

type Style = Pick<IRunOptions, 'bold' | 'italics'> & { size?: number };

/** Writes the sheet as .docx. Text stays text: nothing of it is read as markup. */
export async function outgoingDocx(sheet: OutgoingSheet): Promise<Uint8Array> {
  const document = new Document({
    title: cleanText(sheet.title),
    creator: cleanText(sheet.agency),
    lastModifiedBy: cleanText(sheet.agency),
    styles: {
      default: { document: { run: { font: FONT, size: 28, language: { value: 'vi-VN' } } } },
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: {
              left: mm(30),
              right: mm(18),
              top: mm(22),
              bottom: mm(20),
              header: mm(10),
              footer: mm(9),
            },
          },
        },
        headers: { first: new Header({ children: [demoMark(sheet)] }), default: numbered() },
        footers: { first: draftMark(sheet), default: draftMark(sheet) },
        children: [...head(sheet), ...titles(sheet), ...text(sheet), foot(sheet)],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function run(words: string, { size = 14, ...style }: Style = {}): TextRun {
  return new TextRun({ text: cleanText(words), size: size * 2, font: FONT, ...style });
}

/** A line of the head or foot: no indent, not justified. */
function line(words: string, style: Style = {}, more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, ...more, children: [run(words, style)] });
}

/** A thin line in the middle of a room of that width, in millimetres. */
function rule(width: number, room: number): Paragraph {
  const side = mm((room - width) / 2);
  return new Paragraph({
    indent: { left: side, right: side },
    spacing: { after: GAP, line: 60, lineRule: 'exact' },
    border: { bottom: { style: BorderStyle.SINGLE, size: 4, space: 1, color: '000000' } },
    children: [],
  });
}

function columns(widths: readonly [number, number], rows: readonly (readonly [Paragraph[], Paragraph[]])[]) {
  const cell = (children: Paragraph[], at: 0 | 1) =>
    new TableCell({
      width: { size: mm(widths[at]), type: 'dxa' },
      margins: { left: 0, right: 0 },
      children: children.length > 0 ? children : [new Paragraph({})],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(widths[0] + widths[1]), type: 'dxa' },
    columnWidths: widths.map((width) => mm(width)),
    borders: TableBorders.NONE,
    rows: rows.map(
      ([left, right]) => new TableRow({ cantSplit: true, children: [cell(left, 0), cell(right, 1)] }),
    ),
  });
}

/** Who issues it, the nation's name and motto; number and symbol, place and date (II.1–II.4). */
function head(sheet: OutgoingSheet): (Table | Paragraph)[] {
  const agency = /^(Ủy ban nhân dân) (.+)$/u.exec(sheet.agency);
  const agencyLines = agency ? agency.slice(1) : [sheet.agency];
  const open = (dots: number) => '.'.repeat(dots);
  const date = sheet.date ?? `ngày ${open(6)} tháng ${open(6)} năm ${open(8)}`;
  const under = [line(`Số: ${sheet.number ?? open(8)}${sheet.symbol}`, { size: 13 })];
  if (sheet.form === 'letter')
    under.push(line(`V/v ${sheet.summary}`, { size: 12.5 }, { spacing: { before: GAP } }));
  if (sheet.urgency) under.push(urgencyMark(sheet.urgency));
  return [
    columns(
      [AGENCY, NATION],
      [
        [
          [
            ...agencyLines.map((words) => line(words.toUpperCase(), { bold: true, size: 13 })),
            rule(RULES.agency, AGENCY),
          ],
          [
            line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true, size: 12.5 }),
            line('Độc lập - Tự do - Hạnh phúc', { bold: true, size: 13.5 }),
            rule(RULES.motto, NATION),
          ],
        ],
        [under, [line(`${sheet.place}, ${date}`, { italics: true, size: 13.5 })]],
      ],
    ),
    new Paragraph({ spacing: { after: GAP } }),
  ];
}

/** The stamp of urgency, framed, under number and symbol (II.10). */
function urgencyMark(words: string): Paragraph {
  const edge = { style: BorderStyle.SINGLE, size: 8, space: 3, color: '000000' };
  const side = mm((AGENCY - 40) / 2);
  return line(
    words,
    { bold: true, size: 13 },
    {
      spacing: { before: 2 * GAP, after: GAP },
      indent: { left: side, right: side },
      border: { top: edge, bottom: edge, left: edge, right: edge },
    },
  );
}

/** Type and summary (II.5); letters have their summary under the number, decisions name who decides. */
function titles(sheet: OutgoingSheet): Paragraph[] {
  const strong = (words: string) => line(words, { bold: true }, { keepNext: true });
  if (sheet.form === 'letter') return [];
  const both = [strong(sheet.type.toUpperCase()), strong(sheet.summary), rule(RULES.summary, WIDTH)];
  if (sheet.form !== 'decision') return both;
  const gaps = { spacing: { before: GAP, after: GAP } };
  return [...both, line(sheet.agency.toUpperCase(), { bold: true }, gaps)];
}

/** To whom, on what grounds, and the text itself (II.6, II.9a). */
function text(sheet: OutgoingSheet): Paragraph[] {
  const lines = sheet.grounds.map((words) => paragraph({ head: '', rest: words }, { italics: true }));
  if (sheet.form === 'decision') {
    const verb = line(
      `${sheet.verb}:`,
      { bold: true },
      { spacing: { before: GAP, after: GAP }, keepNext: true },
    );
    return [...lines, verb, ...sheet.body.map((one) => paragraph(one))];
  }
  return [...addressees(sheet.addressees), ...lines, ...sheet.body.map((one) => paragraph(one))];
}

function addressees(list: readonly string[]): Paragraph[] {
  const spacing = { before: GAP, after: GAP };
  const [only, ...others] = list;
  if (only === undefined) return [];
  if (others.length === 0) return [line(`Kính gửi: ${only}`, {}, { spacing })];
  const at = (left: number) => ({ alignment: AlignmentType.LEFT, indent: { left: mm(left) }, spacing });
  return [line('Kính gửi:', {}, at(28)), ...list.map((one) => line(`- ${one}`, {}, at(34)))];
}

function paragraph({ head: bold, rest }: SheetLine, style: Style = {}): Paragraph {
  const parts = [
    ...(bold ? [run(bold, { ...style, bold: true })] : []),
    ...(bold && rest ? [new TextRun(' ')] : []),
    ...(rest ? [run(rest, style)] : []),
  ];
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: mm(10) },
    spacing: { after: GAP },
    children: parts,
  });
}

/** Where copies go, and who signs; on one page (II.7–II.9). */
function foot({ copies, signer }: OutgoingSheet): Table {
  const left = { alignment: AlignmentType.LEFT };
  const first = { spacing: { before: 2 * GAP } };
  const places =
    copies.length > 0
      ? [
          line('Nơi nhận:', { bold: true, italics: true, size: 12 }, { ...left, ...first }),
          ...copies.map((one) => line(`- ${one}`, { size: 11 }, left)),
        ]
      : [];
  const signature = [
    ...[...signer.above, signer.role].map((words, at) => line(words, { bold: true }, at === 0 ? first : {})),
    ...Array.from({ length: 5 }, () => new Paragraph({})),
    line(signer.name ?? '', { bold: true }),
  ];
  return columns([COPIES, SIGNATURE], [[places, signature]]);
}

/** The number of the page in the middle of the upper margin, not on the first page (I.7). */
function numbered(): Header {
  const number = new TextRun({ children: [PageNumber.CURRENT], size: 26, font: FONT });
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })] });
}

function demoMark({ demo }: OutgoingSheet): Paragraph {
  return line(demo ? 'BẢN DEMO – DỮ LIỆU GIẢ ĐỊNH, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ' : '', { bold: true, size: 7.5 });
}

function draftMark({ draft }: OutgoingSheet): Footer {
  return new Footer({ children: [line(draft ? 'DỰ THẢO – chưa có giá trị ban hành' : '', { size: 8 })] });
}
