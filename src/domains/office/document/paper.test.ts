import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { hasTool, needs, pdfText } from '#test/poppler';
import { renderPdf } from '#kernel/documents/render.server';
import type { Document, Outgoing } from './document.ts';
import { outgoingDocx } from './docx.ts';
import { outgoingPaper, outgoingSheet, type OutgoingSheet, type Signer } from './paper.ts';

const NOW = new Date('2026-02-05T03:00:00Z');
const COMMUNE = { id: 1, slug: 'tuc-tranh', name: 'Tức Tranh', agencyCode: 'H55.242', demo: true } as const;
const CHAIR: Signer = { name: 'Lê Minh Mẫu', post: 'Chủ tịch Ủy ban nhân dân xã' };
const VICE: Signer = { name: 'Hoàng Thị Mẫu', post: 'Phó Chủ tịch Ủy ban nhân dân xã' };
const HEAD: Signer = { name: 'Đỗ Văn Mẫu', post: 'Chánh Văn phòng' };
const SAID: Outgoing = {
  type: 'letter',
  summary: 'rà soát diện tích chè hữu cơ <5 ha & “nhỏ lẻ”',
  urgency: 'urgent',
  unitSign: 'ĐC',
  addressees: ['Ủy ban nhân dân tỉnh Thái Nguyên', 'Trưởng các xóm;'],
  grounds: [],
  body: 'Ủy ban nhân dân xã đề nghị như sau:\n\nI. Kết quả\nToàn xã có 1.145 ha chè./.',
  copies: ['Như trên', 'Lưu: VT, ĐC'],
  signerId: 'x',
  replyTo: null,
};
const DECIDED: Partial<Outgoing> = {
  type: 'decision',
  urgency: 'normal',
  summary: 'Về việc kiện toàn Tổ công nghệ số cộng đồng',
  addressees: [],
  grounds: ['Căn cứ Luật Tổ chức chính quyền địa phương', 'Theo đề nghị của Chánh Văn phòng;'],
  body: 'Điều 1. Kiện toàn Tổ gồm 05 thành viên.\nĐiều 2. Tổ có nhiệm vụ hướng dẫn bà con.',
};

function sheetOf(more: Partial<Outgoing> = {}, signer: Signer | null = CHAIR, number: number | null = 7) {
  const outgoing = { ...SAID, ...more };
  const document = {
    state: number === null ? 'draft' : 'issued',
    number,
    symbol: number === null ? null : outgoing.type === 'letter' ? '07/UBND-ĐC' : '07/QĐ-UBND',
    issuedOn: number === null ? null : '2026-02-05',
    doneAt: number === null ? null : NOW,
    outgoing,
  } as Document;
  return outgoingSheet(document, { commune: COMMUNE, place: COMMUNE.name, signer, now: NOW });
}

/** What a part of the file says, read by a parser of XML that knows nothing of Word. */
type Part = { paragraphs: string[]; marks: Map<string, Set<string>>; attributes: Record<string, string>[] };

async function partsOf(sheet: OutgoingSheet): Promise<Map<string, Part>> {
  const files = unzipSync(await outgoingDocx(sheet));
  return new Map(
    Object.entries(files)
      .filter(([name]) => name.endsWith('.xml'))
      .map(([name, bytes]) => [name, read(strFromU8(bytes))]),
  );
}

/** Paragraphs as text; `marks`: bold, italics, size of each run's text; the attributes of every element. */
function read(xml: string): Part {
  const part: Part = { paragraphs: [], marks: new Map(), attributes: [] };
  const parser = new SaxesParser({});
  let paragraph = '';
  let marks = new Set<string>();
  let within = false;
  parser.on('opentag', ({ name, attributes }) => {
    part.attributes.push({ name, ...(attributes as Record<string, string>) });
    if (name === 'w:p') paragraph = '';
    if (name === 'w:r') marks = new Set();
    if (name === 'w:b' || name === 'w:i') marks.add(name);
    if (name === 'w:sz') marks.add(`${attributes['w:val']}`);
    if (name === 'w:t') within = true;
  });
  parser.on('text', (text) => {
    if (!within) return;
    paragraph += text;
    part.marks.set(text, marks);
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') within = false;
    if (name === 'w:p') part.paragraphs.push(paragraph);
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return part;
}

const filled = ({ paragraphs }: Part) => paragraphs.filter((words) => words !== '');

describe('the sheet', () => {
  it('closes lists as the decree does: semicolons, a full stop at the end', () => {
    expect(sheetOf().addressees).toEqual(['Ủy ban nhân dân tỉnh Thái Nguyên;', 'Trưởng các xóm.']);
    expect(sheetOf().copies).toEqual(['Như trên;', 'Lưu: VT, ĐC.']);
    expect(sheetOf(DECIDED).grounds).toEqual([
      'Căn cứ Luật Tổ chức chính quyền địa phương;',
      'Theo đề nghị của Chánh Văn phòng.',
    ]);
  });

  it('says with whose authority one signs', () => {
    const signs = (signer: Signer | null) => sheetOf({}, signer).signer;
    expect(signs(CHAIR)).toMatchObject({ above: ['TM. ỦY BAN NHÂN DÂN'], role: 'CHỦ TỊCH' });
    expect(signs(VICE)).toMatchObject({
      above: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'],
      role: 'PHÓ CHỦ TỊCH',
    });
    expect(signs(HEAD)).toMatchObject({ above: ['TL. CHỦ TỊCH'], role: 'CHÁNH VĂN PHÒNG' });
    expect(sheetOf({ type: 'resolution' }).verb).toBe('QUYẾT NGHỊ');
  });
});

describe('the file that can be edited', () => {
  it('has a letter’s words in their places, and signs of markup as text', async () => {
    const part = (await partsOf(sheetOf())).get('word/document.xml')!;
    expect(filled(part)).toEqual([
      'ỦY BAN NHÂN DÂN',
      'XÃ TỨC TRANH',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Số: 07/UBND-ĐC',
      'V/v rà soát diện tích chè hữu cơ <5 ha & “nhỏ lẻ”',
      'KHẨN',
      'Tức Tranh, ngày 05 tháng 02 năm 2026',
      'Kính gửi:',
      '- Ủy ban nhân dân tỉnh Thái Nguyên;',
      '- Trưởng các xóm.',
      'Ủy ban nhân dân xã đề nghị như sau:',
      'I. Kết quả',
      'Toàn xã có 1.145 ha chè./.',
      'Nơi nhận:',
      '- Như trên;',
      '- Lưu: VT, ĐC.',
      'TM. ỦY BAN NHÂN DÂN',
      'CHỦ TỊCH',
      'Lê Minh Mẫu',
    ]);
  });

  it('is A4 with the decree’s margins and letters', async () => {
    const { attributes, marks } = (await partsOf(sheetOf())).get('word/document.xml')!;
    const named = (name: string) => attributes.find((one) => one.name === name)!;
    const millimetres = (twips: string | undefined) => Math.round((Number(twips) / 1440) * 25.4);
    expect([named('w:pgSz')['w:w'], named('w:pgSz')['w:h']].map(millimetres)).toEqual([210, 297]);
    const sides = ['w:left', 'w:right', 'w:top', 'w:bottom'];
    expect(sides.map((side) => millimetres(named('w:pgMar')[side]))).toEqual([30, 18, 22, 20]);
    expect(new Set(attributes.flatMap((one) => one['w:ascii'] ?? []))).toEqual(new Set(['Times New Roman']));
    const halfPoints = (words: string) => [...marks.get(words)!].sort();
    expect(halfPoints('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')).toEqual(['25', 'w:b']);
    expect(halfPoints('Độc lập - Tự do - Hạnh phúc')).toEqual(['27', 'w:b']);
    expect(halfPoints('Tức Tranh, ngày 05 tháng 02 năm 2026')).toEqual(['27', 'w:i']);
    expect(halfPoints('Nơi nhận:')).toEqual(['24', 'w:b', 'w:i']);
    expect(halfPoints('- Như trên;')).toEqual(['22']);
    expect(halfPoints('Toàn xã có 1.145 ha chè./.')).toEqual(['28']);
  });

  it('decides in articles, their numbers in bold, on grounds in italics', async () => {
    const part = (await partsOf(sheetOf(DECIDED, VICE))).get('word/document.xml')!;
    const words = filled(part);
    expect(words.slice(words.indexOf('QUYẾT ĐỊNH'), words.indexOf('Nơi nhận:'))).toEqual([
      'QUYẾT ĐỊNH',
      'Về việc kiện toàn Tổ công nghệ số cộng đồng',
      'ỦY BAN NHÂN DÂN XÃ TỨC TRANH',
      'Căn cứ Luật Tổ chức chính quyền địa phương;',
      'Theo đề nghị của Chánh Văn phòng.',
      'QUYẾT ĐỊNH:',
      'Điều 1. Kiện toàn Tổ gồm 05 thành viên.',
      'Điều 2. Tổ có nhiệm vụ hướng dẫn bà con.',
    ]);
    expect(part.marks.get('Điều 1.')).toContain('w:b');
    expect(part.marks.get('Theo đề nghị của Chánh Văn phòng.')).toContain('w:i');
  });

  it('says on a draft that it is one, leaving number and date open', async () => {
    const parts = await partsOf(sheetOf({}, null, null));
    const words = filled(parts.get('word/document.xml')!);
    expect(words).toContain('Số: ......../UBND-ĐC');
    expect(words).toContain('Tức Tranh, ngày ...... tháng ...... năm ........');
    const feet = [...parts]
      .filter(([name]) => name.startsWith('word/footer'))
      .map(([, part]) => filled(part));
    expect(feet).toHaveLength(2);
    expect(new Set(feet.flat())).toEqual(new Set(['DỰ THẢO – chưa có giá trị ban hành']));
  });

  it('holds no character that Word refuses', async () => {
    const parts = await partsOf(sheetOf({ summary: 'dấu \u0000\u0007\u200B lạ' }));
    expect(filled(parts.get('word/document.xml')!)).toContain('V/v dấu lạ');
  });
});

describe('the PDF', () => {
  it.runIf(hasTool('pdftotext'))(`says the same words as the file to edit${needs('pdftotext')}`, async () => {
    for (const more of [{}, DECIDED]) {
      const sheet = sheetOf(more);
      const pdf = pdfText(await renderPdf(outgoingPaper(sheet)));
      const bag = (text: string) => text.split(/\s+/).filter(Boolean).sort();
      const demo = 'BẢN DEMO – DỮ LIỆU GIẢ ĐỊNH, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ';
      const docx = filled((await partsOf(sheet)).get('word/document.xml')!).join(' ');
      expect(bag(pdf)).toEqual(bag(`${demo} ${docx}`));
    }
  });
});
