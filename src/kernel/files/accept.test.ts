import { afterAll, describe, expect, test } from 'vitest';
import { zip } from '#test/zip';
import { writeSheet } from '../documents/xlsx.server.ts';
import { closeThreads } from '../threads/pool.server.ts';
import { acceptUpload } from './accept.server.ts';
import { CITIZEN_UPLOAD, RESULT_UPLOAD, STAFF_UPLOAD } from './kinds.ts';

afterAll(closeThreads);

const CONTENT_TYPES = {
  name: '[Content_Types].xml',
  data: '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
};
const DOCUMENT = { name: 'word/document.xml', data: '<w:document/>' };

describe('office files', () => {
  test('staff may keep them, citizens send PDFs and photos', async () => {
    const docx = zip([CONTENT_TYPES, DOCUMENT]);
    const xlsx = await writeSheet(
      [{ label: 'Tên', kind: 'text', value: (row: string) => row }],
      ['Nguyễn Văn A'],
    );
    expect((await acceptUpload(docx, STAFF_UPLOAD)).kind).toBe('docx');
    expect((await acceptUpload(xlsx, STAFF_UPLOAD)).kind).toBe('xlsx');
    await expect(acceptUpload(docx, CITIZEN_UPLOAD)).rejects.toMatchObject({
      code: 'kernel.files.type_not_allowed',
      status: 415,
    });
  });

  test.each([
    'word/vbaProject.bin',
    'word/embeddings/oleObject1.bin',
    'word/activeX/activeX1.xml',
    'word/media/x.exe',
  ])('%s inside is refused', async (name) => {
    await expect(
      acceptUpload(zip([CONTENT_TYPES, DOCUMENT, { name, data: 'x' }]), STAFF_UPLOAD),
    ).rejects.toMatchObject({
      code: 'kernel.files.office_active_content',
    });
  });

  test('one that says it unpacks to gigabytes is refused', async () => {
    await expect(
      acceptUpload(zip([CONTENT_TYPES, { ...DOCUMENT, declared: 3_000_000_000 }]), STAFF_UPLOAD),
    ).rejects.toMatchObject({
      code: 'kernel.files.office_unreadable',
    });
  });
});

describe('everything else', () => {
  const others: [string, Buffer][] = [
    ['a web page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    [
      'a picture that is a program (SVG)',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\x80\0\0')],
    ['a plain text', Buffer.from('Nguyễn Văn A')],
    ['any zip', zip([{ name: 'a.txt', data: 'x' }])],
    [
      'a macro document',
      zip([
        {
          ...CONTENT_TYPES,
          data: CONTENT_TYPES.data.replace(
            'openxmlformats-officedocument.wordprocessingml.document',
            'ms-word.document.macroEnabled',
          ),
        },
        DOCUMENT,
      ]),
    ],
  ];
  test.each(others)('%s is refused, whatever it is called', async (_what, bytes) => {
    await expect(acceptUpload(bytes, STAFF_UPLOAD)).rejects.toMatchObject({
      code: 'kernel.files.type_not_allowed',
    });
  });

  test('nothing, and too much, are refused before they are looked at', async () => {
    await expect(acceptUpload(new Uint8Array(), CITIZEN_UPLOAD)).rejects.toMatchObject({
      code: 'kernel.files.empty',
    });
    const rule = { ...RESULT_UPLOAD, maxBytes: 1000 };
    await expect(acceptUpload(Buffer.alloc(1001), rule)).rejects.toMatchObject({
      code: 'kernel.files.too_large',
      status: 413,
    });
  });
});
