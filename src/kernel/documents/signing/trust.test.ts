import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePdf, ONE_PAGE } from '#test/pdf';
import { issueCertificate, newKeyHolder } from './issue.ts';
import type { CertificateTerms, KeyHolder } from './issue.ts';
import { certificatesOf, pemOf, signerFromPem, signerFromPkcs12 } from './keys.server.ts';
import { signPdf } from './sign.server.ts';
import { verifyPdfSignature } from './verify.ts';

const NOW = new Date('2026-09-05T08:00:00+07:00');
const HOLDS = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2030-01-01T00:00:00Z') };
const PDF = makePdf({ objects: ONE_PAGE });
const OPENSSL = spawnSync('openssl', ['version']).error === undefined;
const OPENSSL_NOTE = OPENSSL ? '' : ' (left out: openssl is not installed)';

const root = newKeyHolder('Gốc', 'Kiểm thử');
const middle = newKeyHolder('Trung gian', 'Kiểm thử');
const person = newKeyHolder('Nguyễn Thị Quỳnh Như', 'UBND xã');
const ROOT = issueCertificate(root, root, { ...HOLDS, authorityBelow: 1 });

const middleTerms: CertificateTerms = { ...HOLDS, authorityBelow: 0 };
const personTerms: CertificateTerms = { ...HOLDS, authorityBelow: null };

async function verdict(certificates: readonly Uint8Array[], holder: KeyHolder = person) {
  const chain = certificates.map((der) => pemOf('CERTIFICATE', der)).join('');
  const signer = signerFromPem(holder.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, chain);
  const answer = verifyPdfSignature(await signPdf(PDF, signer, { signedAt: NOW }), [ROOT], NOW);
  return answer.ok ? `ok: ${answer.signer.name}` : answer.reason.replace('kernel.documents.signature_', '');
}

describe('the way to a trusted authority', () => {
  test('through an authority between, enclosed in the signature', async () => {
    const between = issueCertificate(middle, root, middleTerms);
    const own = issueCertificate(person, middle, personTerms);
    expect(await verdict([own, between])).toBe('ok: Nguyễn Thị Quỳnh Như');
    expect(await verdict([own, between, ROOT])).toBe('ok: Nguyễn Thị Quỳnh Như');
    expect(await verdict([own])).toBe('untrusted');
  });

  test('not through a certificate that may not issue', async () => {
    const between = issueCertificate(middle, root, { ...HOLDS, authorityBelow: null });
    expect(await verdict([issueCertificate(person, middle, personTerms), between])).toBe('untrusted');
  });

  test('not through more authorities than the one above allows', async () => {
    const lower = newKeyHolder('Thấp hơn', 'Kiểm thử');
    const between = issueCertificate(middle, root, middleTerms);
    const below = issueCertificate(lower, middle, { ...HOLDS, authorityBelow: 0 });
    expect(await verdict([issueCertificate(person, lower, personTerms), below, between])).toBe(
      'unfit_certificate',
    );
  });

  test('not through an authority whose time is over', async () => {
    const between = issueCertificate(middle, root, {
      ...middleTerms,
      until: new Date('2026-06-01T00:00:00Z'),
    });
    expect(await verdict([issueCertificate(person, middle, personTerms), between])).toBe('expired');
  });

  test('not by a name alone: an authority of the same name with another key is none', async () => {
    const namesake = newKeyHolder('Gốc', 'Kiểm thử');
    expect(await verdict([issueCertificate(person, namesake, personTerms)])).toBe('untrusted');
  });

  test('only with a certificate meant for signing documents', async () => {
    const web = issueCertificate(person, root, { ...personTerms, purposes: ['1.3.6.1.5.5.7.3.1'] });
    const documents = issueCertificate(person, root, {
      ...personTerms,
      purposes: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.4'],
    });
    expect(await verdict([web])).toBe('unfit_certificate');
    expect(await verdict([documents])).toBe('ok: Nguyễn Thị Quỳnh Như');
  });

  test('only with a key that is strong enough', async () => {
    const weak: KeyHolder = { ...person, ...generateKeyPairSync('rsa', { modulusLength: 1024 }) };
    expect(await verdict([issueCertificate(weak, root, personTerms)], weak)).toBe('weak');
  });

  test('also with an elliptic-curve key', async () => {
    const modern: KeyHolder = { ...person, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
    expect(await verdict([issueCertificate(modern, root, personTerms)], modern)).toBe(
      'ok: Nguyễn Thị Quỳnh Như',
    );
  });

  test('the certificate in the signature must be the one whose key signed', async () => {
    const other = newKeyHolder('Người khác', 'UBND xã');
    const certificate = pemOf('CERTIFICATE', issueCertificate(other, root, personTerms));
    const key = person.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    expect(() => signerFromPem(key, certificate)).toThrow('kernel.documents.key_unreadable');
    const own = signerFromPem(key, pemOf('CERTIFICATE', issueCertificate(person, root, personTerms)));
    const forged = await signPdf(
      PDF,
      { ...own, certificates: certificatesOf(certificate) },
      { signedAt: NOW },
    );
    expect(verifyPdfSignature(forged, [ROOT], NOW)).toEqual({
      ok: false,
      reason: 'kernel.documents.signature_forged',
    });
  });
});

describe('keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xa-keys-'));
  const certificate = pemOf('CERTIFICATE', issueCertificate(person, root, personTerms));
  const key = person.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

  function pkcs12(...options: string[]): Uint8Array {
    const [keyFile, certificateFile, out] = ['key.pem', 'certificate.pem', 'signer.p12'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(keyFile, key);
    writeFileSync(certificateFile, certificate + pemOf('CERTIFICATE', ROOT));
    execFileSync('openssl', [
      'pkcs12',
      '-export',
      '-inkey',
      keyFile,
      '-in',
      certificateFile,
      '-passout',
      'pass:mật khẩu',
      '-out',
      out,
      ...options,
    ]);
    return readFileSync(out);
  }

  test.runIf(OPENSSL)(`a PKCS #12 file signs like its PEM${OPENSSL_NOTE}`, async () => {
    const signer = await signerFromPkcs12(pkcs12(), 'mật khẩu');
    const answer = verifyPdfSignature(await signPdf(PDF, signer, { signedAt: NOW }), [ROOT], NOW);
    expect(answer).toMatchObject({ ok: true, signer: { name: 'Nguyễn Thị Quỳnh Như' } });
  });

  test.runIf(OPENSSL)(
    `a wrong passphrase, old ciphers or anything else is refused with a code${OPENSSL_NOTE}`,
    async () => {
      const refusal = { code: 'kernel.documents.key_unreadable', status: 422 };
      await expect(signerFromPkcs12(pkcs12(), 'sai')).rejects.toMatchObject(refusal);
      await expect(
        signerFromPkcs12(pkcs12('-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES'), 'mật khẩu'),
      ).rejects.toMatchObject(refusal);
      await expect(signerFromPkcs12(Buffer.from('xin chào'), 'mật khẩu')).rejects.toMatchObject(refusal);
    },
  );

  test('a key with a passphrase needs it', () => {
    const locked = person.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'bí mật',
    }) as string;
    expect(signerFromPem(locked, certificate, 'bí mật').algorithm).toBe('rsa-sha256');
    expect(() => signerFromPem(locked, certificate, 'sai')).toThrow('kernel.documents.key_unreadable');
    expect(() => signerFromPem('không phải khóa', certificate)).toThrow('kernel.documents.key_unreadable');
    expect(() => signerFromPem(key, 'không phải chứng thư')).toThrow('kernel.documents.key_unreadable');
  });
});
