import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { makePdf, ONE_PAGE } from '#test/pdf';
import { closeThreads } from '../threads/pool.server.ts';
import { acceptUpload } from './accept.server.ts';
import { CITIZEN_UPLOAD } from './kinds.ts';

afterAll(closeThreads);

describe('PDFs', () => {
  const catalog = (more: string) => [`<< /Type /Catalog /Pages 2 0 R ${more} >>`, ...ONE_PAGE.slice(1)];

  test('an honest one is kept as it is, its pages counted', async () => {
    for (const style of ['table', 'stream'] as const) {
      const pdf = makePdf({ objects: ONE_PAGE, style });
      const accepted = await acceptUpload(pdf, CITIZEN_UPLOAD);
      expect(accepted).toMatchObject({ kind: 'pdf', type: 'application/pdf', pages: 1, pixels: null });
      expect(Buffer.from(accepted.bytes).equals(pdf)).toBe(true);
    }
  });

  test('pages are counted through the tree, whatever /Count says', async () => {
    const objects = [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 1 >>',
      '<< /Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] /Count 2 >>',
      '<< /Type /Page /Parent 2 0 R >>',
      '<< /Type /Page /Parent 3 0 R >>',
      '<< /Type /Page /Parent 3 0 R >>',
    ];
    const pdf = makePdf({ objects });
    expect((await acceptUpload(pdf, CITIZEN_UPLOAD)).pages).toBe(3);
    await expect(acceptUpload(pdf, { ...CITIZEN_UPLOAD, maxPages: 2 })).rejects.toMatchObject({
      code: 'kernel.files.pdf_too_many_pages',
      params: { pages: 3, limit: 2 },
    });
  });

  test('links to the web are no danger', async () => {
    const link =
      '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://dichvucong.gov.vn) >> >>';
    await expect(
      acceptUpload(makePdf({ objects: [...ONE_PAGE, link] }), CITIZEN_UPLOAD),
    ).resolves.toMatchObject({ pages: 1 });
  });

  const active: [string, Parameters<typeof makePdf>[0]][] = [
    [
      'a script when it opens',
      { objects: catalog('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>') },
    ],
    ['a script under a disguised name', { objects: catalog('/OpenAction << /S /J#61vaScript /J#53 (x) >>') }],
    ['a program to start', { objects: [...catalog('/OpenAction 5 0 R'), '<< /S /Launch /F (cmd.exe) >>'] }],
    [
      'an embedded file',
      {
        objects: [
          ...catalog('/Names << /EmbeddedFiles << /Names [(x) 5 0 R] >> >>'),
          '<< /Type /Filespec >>',
        ],
      },
    ],
    ['a form that sends itself away', { objects: [...ONE_PAGE, '<< /S /SubmitForm /F (http://x) >>'] }],
    ['a film', { objects: [...ONE_PAGE, '<< /Type /Annot /Subtype /RichMedia >>'] }],
    [
      'a script in a packed object',
      { objects: catalog('/OpenAction 6 0 R'), style: 'stream', packed: ['<< /S /JavaScript /JS (x) >>'] },
    ],
    [
      'a script in an object that no table names',
      {
        objects: [
          ...ONE_PAGE,
          '<< /Length 60 >>\nstream\n9 0 obj << /S /JavaScript /JS (app.alert) >> endobj        \nendstream',
        ],
      },
    ],
    ['an XFA form', { objects: catalog('/AcroForm << /XFA 5 0 R >>') }],
  ];
  test.each(active)('%s is refused', async (_what, recipe) => {
    await expect(acceptUpload(makePdf(recipe), CITIZEN_UPLOAD)).rejects.toMatchObject({
      code: 'kernel.files.pdf_active_content',
      status: 422,
    });
  });

  test.each(['table', 'stream'] as const)('an encrypted one is refused (%s)', async (style) => {
    const objects = [...ONE_PAGE, '<< /Filter /Standard /V 1 >>'];
    await expect(
      acceptUpload(makePdf({ objects, style, trailer: '/Encrypt 5 0 R' }), CITIZEN_UPLOAD),
    ).rejects.toMatchObject({
      code: 'kernel.files.pdf_encrypted',
    });
  });

  const broken: [string, () => Buffer][] = [
    ['only a beginning', () => Buffer.from('%PDF-1.7\n')],
    ['one cut off', () => makePdf({ objects: ONE_PAGE }).subarray(0, -80)],
    ['pages in a circle', () => makePdf({ objects: [ONE_PAGE[0]!, '<< /Type /Pages /Kids [2 0 R] >>'] })],
    ['no pages', () => makePdf({ objects: ['<< /Type /Catalog >>'] })],
    [
      'a table that points nowhere',
      () =>
        Buffer.from(
          makePdf({ objects: ONE_PAGE })
            .toString('latin1')
            .replace(/startxref\n\d+/, 'startxref\n99999999'),
          'latin1',
        ),
    ],
    [
      'a table in a circle',
      () => Buffer.from(makePdf({ objects: ONE_PAGE, trailer: '/Prev 100' }).toString('latin1'), 'latin1'),
    ],
    ['arrays nested without end', () => makePdf({ objects: ['['.repeat(50_000), ...ONE_PAGE.slice(1)] })],
  ];
  test.each(broken)('%s is refused as unreadable', async (_what, make) => {
    await expect(acceptUpload(make(), CITIZEN_UPLOAD)).rejects.toMatchObject({
      code: 'kernel.files.pdf_unreadable',
    });
  });

  test('a small file that unpacks without end is refused', async () => {
    const bomb = deflateSync(Buffer.alloc(100_000_000));
    const stream = `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n${bomb.toString('latin1')}\nendstream`;
    await expect(
      acceptUpload(makePdf({ objects: [...ONE_PAGE, stream] }), CITIZEN_UPLOAD),
    ).rejects.toMatchObject({
      code: 'kernel.files.pdf_unreadable',
    });
  });

  test('whatever byte is changed, it is accepted or refused with a code, never an error of ours', async () => {
    const pdf = makePdf({ objects: ONE_PAGE, style: 'stream', packed: ['<< /A 1 >>'] });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(pdf.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const changed = Buffer.from(pdf);
          for (const [at, byte] of changes) changed[at] = byte;
          const outcome = await acceptUpload(changed, CITIZEN_UPLOAD).then(
            () => 'accepted',
            (error: { code: string }) => error.code,
          );
          expect(outcome).toMatch(/^accepted$|^kernel\.files\./);
        },
      ),
      { numRuns: 300 },
    );
  });
});
