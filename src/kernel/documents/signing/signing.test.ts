import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePdf, ONE_PAGE } from '#test/pdf';
import { hasTool, needs } from '#test/poppler';
import { PdfFile } from '../pdf/file.ts';
import { appendObjects, dict, name, nextObjectNumber } from '../pdf/write.ts';
import { makeDemoAuthority } from './demo-authority.server.ts';
import { certificatesOf, signerFromPem } from './keys.server.ts';
import { signPdf } from './sign.server.ts';
import { verifyPdfSignature } from './verify.ts';

const FROM = new Date('2026-01-01T00:00:00Z');
const SIGNED_AT = new Date('2026-09-04T16:02:00+07:00');
const NOW = new Date('2026-09-05T08:00:00+07:00');
const authority = makeDemoAuthority({ name: 'Chủ tịch UBND xã Tức Tranh', from: FROM, years: 10 });
const stranger = makeDemoAuthority({ name: 'Người lạ', from: FROM, years: 10 });
const signer = signerFromPem(authority.key, authority.certificate);
const strangerSigner = signerFromPem(stranger.key, stranger.certificate);
const roots = certificatesOf(authority.rootCertificate);
const note = { signedAt: SIGNED_AT, reason: 'Ban hành kết quả', location: 'Tức Tranh' };
const folder = mkdtempSync(join(tmpdir(), 'xa-sign-'));
const OPENSSL = spawnSync('openssl', ['version']).error === undefined;
const OPENSSL_NOTE = OPENSSL ? '' : ' (left out: openssl is not installed)';

const STYLES = ['table', 'stream'] as const;
const PLAIN = Object.fromEntries(
  STYLES.map((style) => [style, makePdf({ objects: ONE_PAGE, style })]),
) as Record<(typeof STYLES)[number], Buffer>;

const check = (pdf: Uint8Array, at = NOW) => verifyPdfSignature(pdf, roots, at);
const refused = (reason: string) => ({ ok: false, reason: `kernel.documents.signature_${reason}` });

/** Where the signature's own value stands. */
function gapOf(signed: Uint8Array): [start: number, end: number] {
  const range = /\/ByteRange \[0 (\d+) (\d+) /.exec(Buffer.from(signed).toString('latin1'))!;
  return [Number(range[1]), Number(range[2])];
}

/** Appends a harmless change, as an editor would. */
function updated(pdf: Uint8Array): Buffer {
  const file = new PdfFile(pdf);
  return appendObjects(
    file,
    new Map([[nextObjectNumber(file), dict({ Type: name('Note') })]]),
    new Uint8Array(16),
  );
}

describe.each(STYLES)('a PDF with cross-references as %s', (style) => {
  test('is signed and found genuine, with who and when', async () => {
    const signed = await signPdf(PLAIN[style], signer, note);
    expect(check(signed)).toMatchObject({
      ok: true,
      signedAt: SIGNED_AT,
      signer: {
        name: 'Chủ tịch UBND xã Tức Tranh (DEMO)',
        issuer: 'DEMO – Chứng thực thử nghiệm, không có giá trị pháp lý',
      },
    });
    expect(Buffer.from(signed.subarray(0, PLAIN[style].length)).equals(PLAIN[style])).toBe(true);
    expect(new PdfFile(signed).pages()).toHaveLength(1);
  });

  test('signed by a second one too, both hold and the last is the answer', async () => {
    const other = signerFromPem(stranger.key, stranger.certificate);
    const twice = await signPdf(await signPdf(PLAIN[style], signer, note), other, { signedAt: NOW });
    const both = [...roots, ...certificatesOf(stranger.rootCertificate)];
    const answer = verifyPdfSignature(twice, both, NOW);
    expect(answer).toMatchObject({ ok: true, signer: { name: 'Người lạ (DEMO)' } });
    expect(answer.ok && answer.signatures.map(({ signer: who }) => who.name)).toEqual([
      'Chủ tịch UBND xã Tức Tranh (DEMO)',
      'Người lạ (DEMO)',
    ]);
    expect(check(twice)).toEqual(refused('untrusted'));
  });

  test('with anything appended after the signature is refused', async () => {
    const signed = await signPdf(PLAIN[style], signer, note);
    expect(check(updated(signed))).toEqual(refused('not_whole'));
    expect(check(Buffer.concat([signed, Buffer.from('\n')]))).toEqual(refused('not_whole'));
    expect(check(Buffer.concat([signed, Buffer.from('% một lời thêm\n%%EOF\n')]))).toEqual(
      refused('not_whole'),
    );
  });

  test('an update that takes the signature away leaves a file without one', async () => {
    const file = new PdfFile(await signPdf(PLAIN[style], signer, note));
    const bare = dict({ Type: name('Catalog'), Pages: file.catalog.entries.get('Pages')! });
    expect(check(appendObjects(file, new Map([[1, bare]]), new Uint8Array(16)))).toEqual(refused('missing'));
  });

  test.runIf(hasTool('pdfsig'))(`is found valid by another program${needs('pdfsig')}`, async () => {
    const path = join(folder, `${style}.pdf`);
    const once = await signPdf(PLAIN[style], signer, note);
    writeFileSync(path, await signPdf(once, strangerSigner, { signedAt: NOW }));
    const report = spawnSync('pdfsig', ['-nocert', path]).stdout.toString();
    expect(report.match(/Signature is Valid/g)).toHaveLength(2);
    expect(report).toContain('ETSI.CAdES.detached');
    expect(report).toContain('Chủ tịch UBND xã Tức Tranh (DEMO)');
    expect(report.split('Signature #2')[1]).toContain('Total document signed');
  });

  test.runIf(OPENSSL)(`holds for openssl, digest and chain${OPENSSL_NOTE}`, async () => {
    const signed = Buffer.from(await signPdf(PLAIN[style], signer, note));
    const range = /\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/
      .exec(signed.toString('latin1'))!
      .slice(1)
      .map(Number) as [number, number, number];
    const paths = ['cms.der', 'content.bin', 'root.pem'].map((file) => join(folder, `${style}-${file}`)) as [
      string,
      string,
      string,
    ];
    writeFileSync(paths[0], Buffer.from(signed.toString('latin1', range[0] + 1, range[1] - 1), 'hex'));
    writeFileSync(paths[2], authority.rootCertificate);
    const verdict = (content: Buffer) => {
      writeFileSync(paths[1], content);
      const args = [
        'cms',
        '-verify',
        '-binary',
        '-inform',
        'DER',
        '-in',
        paths[0],
        '-content',
        paths[1],
        '-CAfile',
        paths[2],
      ];
      return spawnSync('openssl', [...args, '-purpose', 'any', '-cades', '-out', join(folder, 'out')]).status;
    };
    const content = Buffer.concat([signed.subarray(0, range[0]), signed.subarray(range[1])]);
    expect(verdict(content)).toBe(0);
    content[100]! ^= 1;
    expect(verdict(content)).not.toBe(0);
  });
});

describe('what is refused', () => {
  test('an unsigned file', () => {
    expect(check(PLAIN.table)).toEqual(refused('missing'));
  });

  test('a file changed by a single byte, wherever outside of the signature itself', async () => {
    const signed = await signPdf(PLAIN.table, signer, note);
    const [gapStart, gapEnd] = gapOf(signed);
    const outside = fc.nat(signed.length - 1).filter((at) => at < gapStart || at >= gapEnd);
    fc.assert(
      fc.property(outside, fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(signed);
        changed[at]! ^= change;
        expect(check(changed).ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test('a byte changed inside the signature is refused or means the same: nothing else passes', async () => {
    const signed = await signPdf(PLAIN.table, signer, note);
    const [gapStart, gapEnd] = gapOf(signed);
    const genuine = check(signed);
    fc.assert(
      fc.property(
        fc.integer({ min: gapStart, max: gapEnd - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const changed = Uint8Array.from(signed);
          changed[at]! ^= change;
          const answer = check(changed);
          if (answer.ok) expect(answer).toEqual(genuine);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a word changed on the page, said as altered', async () => {
    const signed = Buffer.from(await signPdf(PLAIN.table, signer, note));
    const at = signed.indexOf('0 0 m h');
    signed.write('9', at);
    expect(check(signed)).toEqual(refused('altered'));
  });

  test('a file cut off anywhere', async () => {
    const signed = await signPdf(PLAIN.stream, signer, note);
    fc.assert(
      fc.property(fc.nat(signed.length - 1), (length) => {
        expect(check(signed.subarray(0, length)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('a signature of a stranger', async () => {
    expect(check(await signPdf(PLAIN.table, strangerSigner, note))).toEqual(refused('untrusted'));
  });

  test('a signature of a certificate that has expired, or does not hold yet', async () => {
    const signed = await signPdf(PLAIN.table, signer, note);
    expect(check(signed, new Date('2036-01-02T00:00:00Z'))).toEqual(refused('expired'));
    expect(check(signed, new Date('2025-12-31T00:00:00Z'))).toEqual(refused('not_yet_valid'));
  });

  test('a time of signing in the future, or before the certificate', async () => {
    expect(
      check(await signPdf(PLAIN.table, signer, { signedAt: new Date('2026-09-06T08:00:00+07:00') })),
    ).toEqual(refused('bad_time'));
    expect(check(await signPdf(PLAIN.table, signer, { signedAt: new Date('2020-01-01T00:00:00Z') }))).toEqual(
      refused('bad_time'),
    );
  });

  test('the signature of one file put into another', async () => {
    const mine = Buffer.from(await signPdf(PLAIN.table, signer, note));
    const other = makePdf({ objects: [...ONE_PAGE.slice(0, 3), ONE_PAGE[3]!.replace('0 0 m', '7 7 m')] });
    const theirs = Buffer.from(await signPdf(other, strangerSigner, note));
    const value = /\/Contents <([0-9a-f]{2000,})>/.exec(mine.toString('latin1'))![1]!;
    const room = /\/Contents <([0-9a-f]{2000,})>/.exec(theirs.toString('latin1'))![1]!;
    const at = theirs.indexOf(room, undefined, 'latin1');
    theirs.write(value.slice(0, room.length).padEnd(room.length, '0'), at, 'latin1');
    expect(check(theirs)).toEqual(refused('altered'));
  });

  test('a range that leaves bytes out beside the signature', async () => {
    const signed = Buffer.from(await signPdf(PLAIN.table, signer, note));
    const text = signed.toString('latin1');
    const [, first, second, third] = /\/ByteRange \[0 (\d+) (\d+) (\d+)/.exec(text)!;
    const wider = `/ByteRange [0 ${Number(first) - 20} ${second} ${third}`;
    expect(check(Buffer.from(text.replace(/\/ByteRange \[0 \d+ \d+ \d+/, wider), 'latin1'))).toEqual(
      refused('not_whole'),
    );
  });

  test('rubbish written into the signature, with a code and never an error of ours', async () => {
    const genuine = check(await signPdf(PLAIN.table, signer, note));
    const signed = Buffer.from(await signPdf(PLAIN.table, signer, note));
    const text = signed.toString('latin1');
    const start = text.search(/\/Contents <[0-9a-f]{2000}/) + 11;
    await fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(2000), (bytes, offset) => {
        const spoiled = Buffer.from(signed);
        spoiled.write(Buffer.from(bytes).toString('hex'), start + offset * 2, 'latin1');
        const answer = check(spoiled);
        if (answer.ok) expect(answer).toEqual(genuine);
        else expect(answer.reason).toMatch(/^kernel\.documents\.signature_/);
      }),
      { numRuns: 300 },
    );
  });

  test('files that cannot be signed say so', async () => {
    const encrypted = makePdf({
      objects: [...ONE_PAGE, '<< /Filter /Standard >>'],
      trailer: '/Encrypt 5 0 R',
    });
    for (const bytes of [encrypted, Buffer.from('xin chào'), PLAIN.table.subarray(0, 200)]) {
      await expect(signPdf(bytes, signer, note)).rejects.toMatchObject({
        code: 'kernel.documents.unsignable',
        status: 422,
      });
    }
  });
});
