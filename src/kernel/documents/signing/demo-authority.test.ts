import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePdf, ONE_PAGE } from '#test/pdf';
import { addDemoSigner, makeDemoAuthority, openDemoAuthority } from './demo-authority.server.ts';
import { certificatesOf, signerFromPem } from './keys.server.ts';
import { signPdf } from './sign.server.ts';
import { verifyPdfSignature } from './verify.ts';

const FROM = new Date('2026-01-01T00:00:00Z');
const SIGNED_AT = new Date('2026-09-04T16:02:00+07:00');
const authority = makeDemoAuthority({ name: 'Chủ tịch', from: FROM, years: 10 });
const folder = mkdtempSync(join(tmpdir(), 'xa-sign-'));

describe('the test authority', () => {
  test('is marked DEMO in every name', () => {
    const certificates = certificatesOf(authority.certificate + authority.rootCertificate);
    expect(certificates).toHaveLength(2);
    for (const der of certificates)
      expect(Buffer.from(der).toString('utf8').match(/DEMO/g)!.length).toBeGreaterThanOrEqual(4);
  });

  test('is kept in a file for the service alone and stays the same, even asked for at once', async () => {
    const file = join(folder, 'demo-signer.json');
    const options = { name: 'Chủ tịch', from: FROM, years: 1 };
    const [first, second] = await Promise.all([
      openDemoAuthority(file, options),
      openDemoAuthority(file, options),
    ]);
    expect(second).toEqual(first);
    expect(await openDemoAuthority(file, { ...options, name: 'Khác' })).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('of an older program, which could add no signer, is made anew', async () => {
    const file = join(folder, 'old-signer.json');
    const { rootKey: _none, ...old } = authority;
    writeFileSync(file, JSON.stringify(old), { mode: 0o600 });
    const made = await openDemoAuthority(file, { name: 'Chủ tịch', from: FROM, years: 1 });
    expect(made.rootCertificate).not.toBe(old.rootCertificate);
    expect(await openDemoAuthority(file, { name: 'Chủ tịch', from: FROM, years: 1 })).toEqual(made);
  });

  test('adds signers of other names under the same root', async () => {
    const { key, certificate } = addDemoSigner(authority, { name: 'Trưởng Công an', from: FROM, years: 2 });
    const signed = await signPdf(makePdf({ objects: ONE_PAGE }), signerFromPem(key, certificate), {
      signedAt: SIGNED_AT,
    });
    expect(verifyPdfSignature(signed, certificatesOf(authority.rootCertificate), SIGNED_AT)).toMatchObject({
      ok: true,
      signer: { name: 'Trưởng Công an (DEMO)' },
    });
  });
});
