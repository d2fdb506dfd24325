import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPdf } from '#kernel/documents/render.server';
import { closeThreads } from '#kernel/threads/pool.server';
import { localDate } from '#kernel/time';
import { hasTool, needs } from '../../../../test/poppler.ts';
import { hasZbar, needsZbar } from '../../../../test/zbar.ts';
import { labelSheet, type LabelFacts } from './label.ts';
import { LABEL_PAPERS, type LabelPaper } from './papers.ts';

const DPI = 300;
const SERIALS = Array.from(
  { length: 30 },
  (_, at) => `7H4M2X${'23456789FHJKMRTX'[at % 16]}${at > 15 ? 'X' : 'R'}`,
);
const facts: LabelFacts = {
  product: 'Trà móc câu Thái Ninh hảo hạng đặc biệt',
  brand: 'Thái Ninh',
  netG: 200,
  lot: { gtin: '08938500000010', code: 'G261123-7H4M2X' },
  packedOn: localDate('2026-11-23'),
  bestBefore: localDate('2028-05-23'),
  maker: 'HTX sản xuất trà an toàn Thái Ninh',
  address: 'Xóm Thái Ninh, xã Tức Tranh, tỉnh Thái Nguyên',
  rules: 'TCVN 9740:2013',
  standard: 'VietGAP',
  serials: SERIALS,
  count: SERIALS.length,
  demo: true,
};
const words = {
  title: 'Nhãn',
  net: 'Khối lượng',
  lot: 'Lô',
  packed: 'Đóng gói',
  best: 'HSD',
  scan: 'Quét xem nguồn gốc',
};
const origin = 'https://tuctranh.thainguyen.gov.vn';
const draw = (paper: LabelPaper, more: Partial<LabelFacts> = {}) =>
  renderPdf(
    labelSheet({ ...facts, ...more }, paper, { origin, words, issuedAt: new Date('2026-11-23T01:00:00Z') }),
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xa-labels-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeThreads();
});

/** A grey picture of a page, as poppler draws it. */
type Grey = { data: Buffer; width: number; height: number };

function pagesOf(pdf: Uint8Array): Grey[] {
  const ppm = spawnSync('pdftoppm', ['-gray', '-r', String(DPI), '-'], { input: pdf, maxBuffer: 1e9 }).stdout;
  const pages: Grey[] = [];
  for (let at = 0; at < ppm.length;) {
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(at, at + 40).toString('latin1'));
    if (!head) throw new Error('pdftoppm drew nothing');
    const [width, height] = [Number(head[1]), Number(head[2])];
    const from = at + head[0].length;
    pages.push({ data: Buffer.from(ppm.subarray(from, from + width * height)), width, height });
    at = from + width * height;
  }
  return pages;
}

function pixels(mm: number): number {
  return Math.round((mm / 25.4) * DPI);
}

function cut({ data, width }: Grey, x: number, y: number, w: number, h: number): Grey {
  const rows = Array.from({ length: h }, (_, row) =>
    data.subarray((y + row) * width + x, (y + row) * width + x + w),
  );
  return { data: Buffer.concat(rows), width: w, height: h };
}

/** The same picture at another size, nearest dot. */
function scaled({ data, width, height }: Grey, to: number): Grey {
  const [w, h] = [Math.round(width * to), Math.round(height * to)];
  const out = Buffer.alloc(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      out[y * w + x] =
        data[Math.min(height - 1, Math.floor(y / to)) * width + Math.min(width - 1, Math.floor(x / to))]!;
  return { data: out, width: w, height: h };
}

/** Where the dark signs of the code lie, in a label's left part. */
function extentOf({ data, width, height }: Grey) {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (data[y * width + x]! < 128) {
        [left, right] = [Math.min(left, x), Math.max(right, x)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      }
  return { left, right, top, bottom };
}

/** A tenth of the code's face rubbed off: one square of its lower right quarter, white. */
function damaged(code: Grey): Grey {
  const { left, right, top, bottom } = extentOf(code);
  const side = Math.round(Math.sqrt(0.1 * (right - left) * (bottom - top)));
  const data = Buffer.from(code.data);
  const [fromX, fromY] = [right - Math.round(side * 1.25), bottom - Math.round(side * 1.25)];
  for (let y = fromY; y < fromY + side; y++)
    data.fill(255, y * code.width + fromX, y * code.width + fromX + side);
  return { ...code, data };
}

function readBack(pictures: readonly Grey[]): string[][] {
  return pictures.map((picture, at) => {
    const file = join(folder, `code-${at}.pgm`);
    const head = Buffer.from(`P5\n${picture.width} ${picture.height}\n255\n`, 'latin1');
    writeFileSync(file, Buffer.concat([head, picture.data]));
    const run = spawnSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', file]);
    return run.stdout.toString('utf8').trim().split('\n');
  });
}

/** The square with the code of every label of a paper, with its quiet zone. */
function codesOf(pages: readonly Grey[], paper: LabelPaper, count: number): Grey[] {
  const side = Math.min(Math.max(paper.label.height - 9, 20), 26);
  const perPage = paper.columns * paper.rows;
  return Array.from({ length: count }, (_, at) => {
    const page = pages[Math.floor(at / perPage)]!;
    const [column, row] = [at % paper.columns, Math.floor((at % perPage) / paper.columns)];
    const x = paper.left + column * (paper.label.width + paper.gapX) + 1.5;
    const y = paper.top + row * (paper.label.height + paper.gapY);
    return cut(
      page,
      pixels(x),
      pixels(y),
      pixels(side + 1.2),
      Math.min(pixels(paper.label.height - 4.5), page.height - pixels(y)),
    );
  });
}

const tools = hasTool('pdftoppm') && hasZbar();
const lacking = needs('pdftoppm') + needsZbar();

describe(`every code on a sheet is read back by zbar${lacking}`, () => {
  it.skipIf(!tools)('whole, as printed at 300 dots per inch, on every paper', async () => {
    for (const paper of LABEL_PAPERS) {
      const pages = pagesOf(await draw(paper));
      const read = readBack(codesOf(pages, paper, SERIALS.length));
      const asked = SERIALS.map((serial) => [`${origin}/01/08938500000010/10/G261123-7H4M2X/21/${serial}`]);
      expect(read, paper.code).toEqual(asked);
    }
  });

  it.skipIf(!tools)('at 20 mm, a tenth of it rubbed off', async () => {
    for (const paper of LABEL_PAPERS) {
      const codes = codesOf(pagesOf(await draw(paper)), paper, SERIALS.length);
      const small = codes.map((code) => {
        const { left, right } = extentOf(code);
        // 20 mm with the quiet zone: what is dark of it is smaller by eight modules of at least 53.
        const wide = pixels(20) * (1 - 8 / 53);
        return damaged(right - left > wide ? scaled(code, wide / (right - left)) : code);
      });
      expect(
        readBack(small).map(([text]) => text),
        paper.code,
      ).toEqual(SERIALS.map((serial) => `${origin}/01/08938500000010/10/G261123-7H4M2X/21/${serial}`));
    }
  });
});

describe('a sheet', () => {
  it('has as many pages as its labels need, and one code where the lot alone is named', async () => {
    const a4 = LABEL_PAPERS.find(({ code }) => code === 'a4-24')!;
    const pdf = Buffer.from(await draw(a4));
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
    const sheet = labelSheet({ ...facts, serials: null, count: 48 }, a4, {
      origin,
      words,
      issuedAt: new Date(0),
    });
    expect(sheet.codes).toEqual({ label0: `${origin}/01/08938500000010/10/G261123-7H4M2X` });
    expect(sheet.data.labels).toHaveLength(48);
  });
});
