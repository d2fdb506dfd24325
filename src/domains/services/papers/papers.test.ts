import decode from 'jsqr';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Paper } from '#kernel/documents/paper';
import { renderPdf } from '#kernel/documents/render.server';
import { makeDemoAuthority } from '#kernel/documents/signing/demo-authority.server';
import { certificatesOf, signerFromPem } from '#kernel/documents/signing/keys.server';
import { signPdf } from '#kernel/documents/signing/sign.server';
import { verifyPdfSignature } from '#kernel/documents/signing/verify';
import { acceptUpload } from '#kernel/files/accept.server';
import { RESULT_UPLOAD } from '#kernel/files/kinds';
import { closeThreads } from '#kernel/threads/pool.server';
import { hasTool, needs, pdfPicture, pdfText } from '#test/poppler';
import { controlPaper } from './control.ts';
import { feePaper } from './fee.ts';
import { receiptPaper } from './receipt.ts';
import { registerPapers } from './register.ts';
import { reportPaper } from './report.ts';
import { resultPaper } from './result.ts';
import { satisfactionPaper } from './satisfaction.ts';
import { apologyPaper, refusalPaper, supplementPaper } from './slips.ts';
import * as sample from './samples.ts';

afterAll(closeThreads);

const TEXT = hasTool('pdftotext');
const DRAWN = hasTool('pdftoppm');

/** Page sizes as the file says them, in points. */
function pageSizes(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString('latin1');
  return [...text.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    (box) => `${Number(box[1]).toFixed(2)} × ${Number(box[2]).toFixed(2)}`,
  );
}

function points(millimetres: number): string {
  return ((millimetres / 25.4) * 72).toFixed(2);
}

const A5 = `${points(148)} × ${points(210)}`;
const A4 = `${points(210)} × ${points(297)}`;
const A4_ACROSS = `${points(297)} × ${points(210)}`;
const NAME = sample.SAMPLE_DOSSIER.applicant.name;

const PAPERS: [string, Paper, string, string[]][] = [
  [
    '01 receipt',
    receiptPaper(sample.SAMPLE_RECEIPT),
    A5,
    [
      'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
      'K7M 2QF',
      '17 giờ 00 phút, ngày 07 tháng 9 năm 2026',
      '8.000 đồng',
      NAME,
    ],
  ],
  [
    '02 supplement',
    supplementPaper(sample.SAMPLE_SUPPLEMENT),
    A5,
    ['PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ', 'Văn bản ủy quyền có chứng thực', NAME],
  ],
  [
    '03 refusal',
    refusalPaper(sample.SAMPLE_REFUSAL),
    A5,
    ['PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ', 'Điều 21 Nghị định 123/2015/NĐ-CP', NAME],
  ],
  [
    '04 apology',
    apologyPaper(sample.SAMPLE_APOLOGY),
    A5,
    ['PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ', 'ngày 10 tháng 9 năm 2026', 'PHÓ CHỦ TỊCH', NAME],
  ],
  [
    '05 control',
    controlPaper(sample.SAMPLE_CONTROL),
    A5,
    ['PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ', 'Trước hạn', 'Đúng hạn', 'Công an xã Tức Tranh'],
  ],
  [
    '06 register',
    registerPapers(sample.SAMPLE_REGISTER)[0]!,
    A4_ACROSS,
    ['SỔ THEO DÕI HỒ SƠ', 'Năm 2026', 'H55.242-260930-0030'.replace('260930', '260902'), 'Ký nhận'],
  ],
  [
    'fee note',
    feePaper(sample.SAMPLE_FEE),
    A5,
    ['PHIẾU THU PHÍ, LỆ PHÍ', '23.000 đồng', 'Hai mươi ba nghìn đồng', '0000123'],
  ],
  [
    'satisfaction slip',
    satisfactionPaper(sample.SAMPLE_SATISFACTION),
    A5,
    ['PHIẾU ĐÁNH GIÁ', '9HWX 4T3C', 'Lịch sự, tận tình'],
  ],
  [
    'result',
    resultPaper(sample.SAMPLE_RESULT),
    A4,
    ['GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN', 'Số: 125/UBND-XNTTHN', '4QX7 ZP2M KD8R', 'Đã ký số', NAME],
  ],
  ['report', reportPaper(sample.SAMPLE_REPORT), A4, ['BÁO CÁO', '99,4 %', '2.169', 'Nơi nhận']],
];

describe.each(PAPERS)('%s', (_name, paper, size, words) => {
  test('has exactly its paper size on every page', async () => {
    const sizes = pageSizes(await renderPdf(paper));
    expect(sizes.length).toBeGreaterThan(0);
    expect(new Set(sizes)).toEqual(new Set([size]));
  });

  test.runIf(TEXT)(`can be read and copied as Vietnamese text${needs('pdftotext')}`, async () => {
    const text = pdfText(await renderPdf(paper));
    for (const word of [
      ...words,
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'BẢN DEMO',
    ]) {
      expect.soft(text.replace(/\s/g, '')).toContain(word.replace(/\s/g, ''));
    }
  });

  test('drawn again it is the same file', async () => {
    expect(Buffer.from(await renderPdf(paper)).equals(Buffer.from(await renderPdf(paper)))).toBe(true);
  });
});

describe('codes on paper', () => {
  const coded: [string, Paper, string][] = [
    [
      'the receipt opens the tracking page',
      receiptPaper(sample.SAMPLE_RECEIPT),
      sample.SAMPLE_RECEIPT.tracking.url,
    ],
    [
      'the satisfaction slip opens itself',
      satisfactionPaper(sample.SAMPLE_SATISFACTION),
      sample.SAMPLE_SATISFACTION.slip.url,
    ],
    ['the result opens the public check', resultPaper(sample.SAMPLE_RESULT), sample.SAMPLE_RESULT.check.url],
  ];
  test.runIf(DRAWN).each(coded)(`%s${needs('pdftoppm')}`, async (_what, paper, url) => {
    const { data, width, height } = pdfPicture(await renderPdf(paper));
    expect(decode(data, width, height)?.data).toBe(url);
  });

  test('the satisfaction slip names neither the citizen nor the dossier', () => {
    const text = JSON.stringify(satisfactionPaper(sample.SAMPLE_SATISFACTION));
    expect(text).not.toContain(sample.SAMPLE_DOSSIER.code);
    expect(text).not.toContain(NAME);
  });
});

test('a result stays whole when it is signed, and the signature is found genuine', async () => {
  const authority = makeDemoAuthority({ name: 'Chủ tịch', from: new Date('2026-01-01T00:00:00Z'), years: 5 });
  const drawn = await renderPdf(resultPaper(sample.SAMPLE_RESULT));
  const signedAt = sample.SAMPLE_RESULT.electronic!.signedAt;
  const signed = await signPdf(drawn, signerFromPem(authority.key, authority.certificate), { signedAt });
  expect(Buffer.from(signed.subarray(0, drawn.length)).equals(Buffer.from(drawn))).toBe(true);
  expect(verifyPdfSignature(signed, certificatesOf(authority.rootCertificate), signedAt)).toMatchObject({
    ok: true,
    signedAt,
    signer: { name: 'Chủ tịch (DEMO)' },
  });
  expect(await acceptUpload(signed, RESULT_UPLOAD)).toMatchObject({ kind: 'pdf', pages: 1 });
});

describe('more than fits', () => {
  const endless =
    'Giấy tờ chứng minh nơi cư trú, quan hệ thân nhân và việc ủy quyền theo quy định của pháp luật về hộ tịch';
  const papers = Array.from({ length: 24 }, (_, index) => ({
    name: `${endless} ${index + 1}.`,
    kind: 'bản sao',
    copies: 2,
  }));

  test.runIf(TEXT)(`a receipt goes on to a next page, both copies whole${needs('pdftotext')}`, async () => {
    const pdf = await renderPdf(
      receiptPaper({ ...sample.SAMPLE_RECEIPT, papers, copies: ['kept', 'given'] }),
    );
    const text = pdfText(pdf);
    expect(pageSizes(pdf).length).toBe(4);
    expect(text.match(/Trang 1\/2/g)).toHaveLength(2);
    for (let index = 1; index <= 24; index++) {
      expect(text.split(new RegExp(`hộ tịch ${index}\\.`))).toHaveLength(3);
    }
    expect(text.match(/NGƯỜI TIẾP NHẬN HỒ SƠ/g)).toHaveLength(2);
  });

  test.runIf(TEXT)(`a word longer than the line breaks and stays whole${needs('pdftotext')}`, async () => {
    const email = `${'thu.dien.tu.rat.dai.'.repeat(6)}@thainguyen.example.vn`;
    const applicant = { ...sample.SAMPLE_DOSSIER.applicant, name: 'Ư'.repeat(120), email };
    const pdf = await renderPdf(
      receiptPaper({ ...sample.SAMPLE_RECEIPT, dossier: { ...sample.SAMPLE_DOSSIER, applicant } }),
    );
    const text = pdfText(pdf).replace(/[\s\u200b]/g, '');
    expect(text).toContain('Ư'.repeat(120).slice(0, 40));
    expect(text).toContain('@thainguyen.example.vn');
    const { data, width, height } = pdfPicture(pdf);
    const margin = Math.floor((8 / 148) * width);
    for (let y = 0; y < height; y++) {
      for (let x = width - margin; x < width; x++) expect(data[(y * width + x) * 4]).toBe(255);
    }
  });

  test('the register of a year is bound in books of a thousand, numbered through', () => {
    const books = registerPapers({ ...sample.SAMPLE_REGISTER, entries: sample.sampleEntries(2180) });
    expect(books.map(({ title }) => title.slice(-2))).toEqual(['01', '02', '03']);
    const numbers = books.flatMap((book) => (book.data.entries as string[][]).map((entry) => entry[0]));
    expect(numbers).toEqual(Array.from({ length: 2180 }, (_, index) => String(index + 1).padStart(2, '0')));
    expect(registerPapers({ ...sample.SAMPLE_REGISTER, entries: [] })).toHaveLength(1);
  });
});

describe('words that people wrote', () => {
  test.runIf(TEXT)(`are data, never template source${needs('pdftotext')}`, async () => {
    const tricks = [
      '#panic("x")',
      '#read("/kernel/errors.ts")',
      '*đậm* _nghiêng_',
      '$x^2$',
      '<nhãn> @nhãn',
      '// bỏ đi',
      '\\u{1F600}',
    ];
    const pdf = await renderPdf(
      supplementPaper({ ...sample.SAMPLE_SUPPLEMENT, items: tricks.map((what) => ({ what, why: null })) }),
    );
    const text = pdfText(pdf);
    for (const trick of tricks) expect.soft(text).toContain(trick);
  });

  test('never stop a slip, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        async (name, address) => {
          const applicant = { ...sample.SAMPLE_DOSSIER.applicant, name, address };
          const paper = refusalPaper({
            ...sample.SAMPLE_REFUSAL,
            dossier: { ...sample.SAMPLE_DOSSIER, applicant },
            reasons: [name],
          });
          expect(
            Buffer.from(await renderPdf(paper))
              .subarray(0, 5)
              .toString(),
          ).toBe('%PDF-');
        },
      ),
      { numRuns: 60 },
    );
  });

  test('on a result, a letter that no font has is refused rather than printed as a box', async () => {
    const facts = [{ label: 'Họ, chữ đệm, tên', value: 'Nguyễn Văn \u{10FFFF}' }];
    await expect(renderPdf(resultPaper({ ...sample.SAMPLE_RESULT, facts }))).rejects.toMatchObject({
      code: 'kernel.documents.undrawable_text',
      status: 422,
    });
  });

  test('a template that does not exist is our fault, said as such', async () => {
    const paper = receiptPaper(sample.SAMPLE_RECEIPT);
    await expect(renderPdf({ ...paper, template: 'domains/services/papers/nothing.typ' })).rejects.toThrow(
      /nothing\.typ/,
    );
    await expect(renderPdf({ ...paper, template: '../package.json' })).rejects.toThrow(/no template/);
  });
});

test.runIf(TEXT)(`on a real commune's papers nothing says demo${needs('pdftotext')}`, async () => {
  const paper = receiptPaper({ ...sample.SAMPLE_RECEIPT, head: { ...sample.SAMPLE_HEAD, demo: false } });
  expect(pdfText(await renderPdf(paper))).not.toContain('DEMO');
});
