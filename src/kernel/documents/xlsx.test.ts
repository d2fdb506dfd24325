import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { closeThreads } from '../threads/pool.server.ts';
import type { SheetColumn } from './sheet.ts';
import { readSheet, writeSheet, writeSheets } from './xlsx.server.ts';

afterAll(closeThreads);

/** Characters that XML cannot hold or advises against. */
const LEFT_OUT = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFDD0-\uFDEF\uFFFD-\uFFFF]/; // oxlint-disable-line no-control-regex

interface Row {
  name: string;
  fee: bigint | null;
  born: string;
  at: Date;
  online: boolean;
  share: number;
}

const COLUMNS: SheetColumn<Row>[] = [
  { label: 'Họ và tên', kind: 'text', value: (row) => row.name },
  { label: 'Lệ phí (đồng)', kind: 'money', value: (row) => row.fee },
  { label: 'Ngày sinh', kind: 'date', value: (row) => row.born },
  { label: 'Tiếp nhận', kind: 'datetime', value: (row) => row.at },
  { label: 'Trực tuyến', kind: 'boolean', value: (row) => row.online },
  { label: 'Tỷ lệ', kind: 'number', digits: 1, value: (row) => row.share },
];

const ROW: Row = {
  name: 'Nguyễn Thị Hương Giang',
  fee: 350_000n,
  born: '1998-06-05',
  at: new Date('2026-09-01T23:30:00+07:00'),
  online: true,
  share: 99.4,
};

/** One part of the file, found by its local header: enough of zip for a test. */
function part(file: Uint8Array, name: string): string {
  const bytes = Buffer.from(file);
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (bytes.subarray(at + 30, at + 30 + bytes.readUInt16LE(at + 26)).toString() !== name) continue;
    const size = bytes.readUInt32LE(at + 18) || undefined;
    const data = bytes.subarray(start, size && start + size);
    return (bytes.readUInt16LE(at + 8) === 0 ? data : inflateRawSync(data)).toString('utf8');
  }
  throw new Error(`no part ${name}`);
}

describe('a list as a spreadsheet', () => {
  test('keeps each kind: text, money, dates in the commune’s clock, yes/no, decimals', async () => {
    const rows = await readSheet(await writeSheet(COLUMNS, [ROW]));
    expect(rows[0]).toEqual(COLUMNS.map((column) => column.label));
    const [name, fee, born, at, online, share] = rows[1]!;
    expect([name, fee, online, share]).toEqual([ROW.name, 350_000, true, 99.4]);
    expect((born as Date).toISOString()).toBe('1998-06-04T17:00:00.000Z');
    expect(Math.abs((at as Date).getTime() - ROW.at.getTime())).toBeLessThan(10);
  });

  test('shows the clock of Viet Nam in the cell itself', async () => {
    const sheet = part(await writeSheet([COLUMNS[3]!], [ROW]), 'xl/worksheets/sheet1.xml');
    const serial = Number(/<c r="A2"[^>]*><v>([\d.]+)<\/v>/.exec(sheet)?.[1]);
    expect(((serial % 1) * 24 * 60).toFixed(0)).toBe(String(23 * 60 + 30));
  });

  test.each(['=1+1', '+84912000000', '-5', '@SUM(A1)', '=HYPERLINK("http://x","y")', '\t=1', '0012', '1/2'])(
    'text stays text: %s',
    async (text) => {
      const file = await writeSheet([COLUMNS[0]!], [{ ...ROW, name: text }]);
      expect((await readSheet(file))[1]).toEqual([text]);
      expect(part(file, 'xl/worksheets/sheet1.xml')).not.toContain('<f>');
    },
  );

  test('any text comes back as it was', async () => {
    const printable = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .filter((text) => text.trim() !== '' && !LEFT_OUT.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(printable, fc.constantFrom('_x0041_', '__x005F_', 'a\nb', '<&>"')), {
          minLength: 1,
          maxLength: 20,
        }),
        async (names) => {
          const rows = await readSheet(
            await writeSheet(
              [COLUMNS[0]!],
              names.map((name) => ({ ...ROW, name })),
            ),
          );
          expect(rows.slice(1).map((row) => row[0])).toEqual(names);
        },
      ),
      { numRuns: 25 },
    );
  });

  test.each(Object.getOwnPropertyNames(Object.prototype))(
    'a word that JavaScript knows is a text like any other: %s',
    async (name) => {
      const rows = await readSheet(
        await writeSheet([COLUMNS[0]!], [{ ...ROW, name }, ROW, { ...ROW, name }]),
      );
      expect(rows.slice(1)).toEqual([[name], [ROW.name], [name]]);
    },
  );

  test('characters that the format cannot hold are left out, and the file stays readable', async () => {
    const name = 'Nguyễn\u0000 Văn\uFFFE A\uFFFF\uD800';
    const rows = await readSheet(await writeSheet([COLUMNS[0]!], [{ ...ROW, name }]));
    expect(rows[1]).toEqual(['Nguyễn Văn A']);
  });

  test('missing is empty, never zero; what the format cannot hold stays readable', async () => {
    const rows = [
      { ...ROW, fee: null, share: Number.NaN, born: '1899-12-31' },
      { ...ROW, fee: 9_007_199_254_740_993n },
    ];
    const [, first, second] = await readSheet(await writeSheet(COLUMNS, rows));
    expect(first?.[1]).toBeNull();
    expect(first?.[5]).toBeNull();
    expect(first?.[2]).toBe('31/12/1899');
    expect(second?.[1]).toBe('9007199254740993');
  });

  test('the head is frozen and bold', async () => {
    const file = await writeSheet(COLUMNS, [ROW]);
    expect(part(file, 'xl/worksheets/sheet1.xml')).toMatch(/<pane[^>]+ySplit="1"[^>]+state="frozen"/);
    expect(part(file, 'xl/styles.xml')).toMatch(/<b\/>/);
  });

  test('several sheets, with names that the format refuses made fit', async () => {
    const file = await writeSheets([
      {
        name: "'Quý III/2026: [hồ sơ] theo thủ tục hành chính",
        columns: COLUMNS as SheetColumn<unknown>[],
        rows: [ROW],
      },
      { name: 'Mức độ hài lòng', columns: COLUMNS as SheetColumn<unknown>[], rows: [] },
    ]);
    expect(part(file, 'xl/workbook.xml')).toMatch(
      /name="Quý III 2026 hồ sơ theo thủ tục".*name="Mức độ hài lòng"/s,
    );
  });

  test('20,000 rows from a cursor, while the server’s own thread stays free', async () => {
    async function* cursor() {
      for (let index = 0; index < 20_000; index++) yield { ...ROW, name: `Nguyễn Văn ${index}` };
    }
    const file = await writeSheet(COLUMNS, cursor());
    const rows = await readSheet(file);
    expect(rows).toHaveLength(20_001);
    expect(rows[20_000]?.[0]).toBe('Nguyễn Văn 19999');
  });

  test('a list that no person reads is refused with a code', async () => {
    function* endless() {
      for (;;) yield ROW;
    }
    await expect(writeSheet(COLUMNS, endless())).rejects.toMatchObject({
      code: 'kernel.documents.sheet_too_large',
      status: 422,
    });
  });
});

describe('reading what someone else sends', () => {
  test.each([
    ['nothing', new Uint8Array()],
    ['a text', new TextEncoder().encode('họ tên;ngày sinh')],
    ['a broken zip', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3, 4])],
  ])('%s is refused with a code', async (_what, bytes) => {
    await expect(readSheet(bytes)).rejects.toMatchObject({ code: 'kernel.documents.sheet_unreadable' });
  });
});
