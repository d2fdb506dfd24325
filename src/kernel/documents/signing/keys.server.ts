import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as pki from 'pkijs';
import { refuse } from '#kernel/errors';
import type { DocumentSigner } from './signer.ts';

/** DER as PEM. */
export function pemOf(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** All certificates in a PEM text, in order. @throws AppError `kernel.documents.key_unreadable` (422) */
export function certificatesOf(pem: string): Uint8Array[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) refuse('kernel.documents.key_unreadable', 422);
  try {
    return blocks.map((block) => new Uint8Array(new X509Certificate(block).raw));
  } catch {
    return refuse('kernel.documents.key_unreadable', 422);
  }
}

/**
 * A signer from PEM texts: the key (PKCS #8, PKCS #1 or SEC 1) and its certificate with those above it.
 * @throws AppError `kernel.documents.key_unreadable` (422), also when key and certificate do not belong together
 */
export function signerFromPem(key: string, certificates: string, passphrase?: string): DocumentSigner {
  return signerOf(
    readKey({ key, format: 'pem', ...(passphrase !== undefined && { passphrase }) }),
    certificatesOf(certificates),
  );
}

/**
 * A signer from a PKCS #12 file (.p12, .pfx) as certificate authorities hand it out.
 * Files with the old ciphers (RC2, 3DES) are refused: convert them once with a current tool.
 * @throws AppError `kernel.documents.key_unreadable` (422) for anything else or a wrong passphrase
 */
export async function signerFromPkcs12(file: Uint8Array, passphrase: string): Promise<DocumentSigner> {
  const { key, certificates } = await openPkcs12(file, passphrase).catch(() =>
    refuse('kernel.documents.key_unreadable', 422),
  );
  const own = readKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' });
  const signer = certificates.findIndex((der) => new X509Certificate(der).checkPrivateKey(own));
  if (signer < 0) refuse('kernel.documents.key_unreadable', 422);
  return signerOf(own, [certificates[signer]!, ...certificates.filter((_, index) => index !== signer)]);
}

function readKey(key: Parameters<typeof createPrivateKey>[0]): KeyObject {
  try {
    return createPrivateKey(key);
  } catch {
    return refuse('kernel.documents.key_unreadable', 422);
  }
}

function signerOf(key: KeyObject, certificates: readonly Uint8Array[]): DocumentSigner {
  const type = key.asymmetricKeyType;
  if (!new X509Certificate(certificates[0]!).checkPrivateKey(key) || (type !== 'rsa' && type !== 'ec')) {
    refuse('kernel.documents.key_unreadable', 422);
  }
  return {
    certificates,
    algorithm: type === 'rsa' ? 'rsa-sha256' : 'ecdsa-sha256',
    sign: (bytes) => new Uint8Array(sign('sha256', bytes, key)),
  };
}

async function openPkcs12(
  file: Uint8Array,
  passphrase: string,
): Promise<{ key: Uint8Array; certificates: Uint8Array[] }> {
  const password = Uint8Array.from(Buffer.from(passphrase)).buffer;
  const pfx = pki.PFX.fromBER(Uint8Array.from(file).buffer);
  await pfx.parseInternalValues({ password, checkIntegrity: true });
  const safe = pfx.parsedValue?.authenticatedSafe;
  if (!safe) throw new Error('no safe');
  await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => ({ password })) });
  let key: Uint8Array | undefined;
  const certificates: Uint8Array[] = [];
  for (const content of (safe.parsedValue as { safeContents: { value: pki.SafeContents }[] }).safeContents) {
    for (const { bagValue } of content.value.safeBags) {
      if (bagValue instanceof pki.PKCS8ShroudedKeyBag) {
        await (
          bagValue as unknown as { parseInternalValues(options: object): Promise<void> }
        ).parseInternalValues({ password });
        key = new Uint8Array(bagValue.parsedValue!.toSchema().toBER());
      } else if (bagValue instanceof pki.PrivateKeyInfo) key = new Uint8Array(bagValue.toSchema().toBER());
      else if (bagValue instanceof pki.CertBag && bagValue.parsedValue instanceof pki.Certificate) {
        certificates.push(new Uint8Array(bagValue.parsedValue.toSchema().toBER()));
      }
    }
  }
  if (!key || certificates.length === 0) throw new Error('no key or no certificate');
  return { key, certificates };
}
