import * as pki from 'pkijs';
import { extension, keyUsages } from './certificate.ts';
import type { ReadCertificate } from './certificate.ts';
import { reject, SignatureError } from './faults.ts';
import { OID } from './oids.ts';

/** Bits of the key usage extension (RFC 5280, 4.2.1.3). */
const DIGITAL_SIGNATURE = 0;
const NON_REPUDIATION = 1;
const CERTIFICATE_SIGN = 5;

/** Purposes that fit a person's signature on a document, where the certificate limits its purposes. */
const FIT_PURPOSES = new Set([
  '2.5.29.37.0', // any
  '1.3.6.1.5.5.7.3.4', // e-mail protection: what Vietnamese authorities give to persons
  '1.3.6.1.5.5.7.3.36', // document signing (RFC 9336)
  '1.2.840.113583.1.1.5', // Adobe authentic documents
  '1.3.6.1.4.1.311.10.3.12', // Microsoft document signing
]);
/** Extensions that we understand; any other that is marked critical makes a certificate unusable (RFC 5280, 4.2). */
const UNDERSTOOD = new Set<string>([
  OID.keyUsage,
  OID.basicConstraints,
  OID.extendedKeyUsage,
  OID.certificatePolicies,
]);
const MAX_LENGTH = 6;

/**
 * Looks for a way from a signer's certificate to a trusted one, each link checked: signature, time, permission to
 * issue, length. Revocation is not asked for: that needs the authority's own service at the time of signing.
 * @param at the instant for which the certificates must be valid
 * @throws SignatureError naming the first thing wrong on the way that came furthest
 */
export function requireTrust(
  signer: ReadCertificate,
  others: readonly ReadCertificate[],
  roots: readonly ReadCertificate[],
  at: Date,
): void {
  requireSignerUse(signer.parsed);
  walk(signer, others, roots, at, 0);
}

function walk(
  certificate: ReadCertificate,
  others: readonly ReadCertificate[],
  roots: readonly ReadCertificate[],
  at: Date,
  issuersBelow: number,
): void {
  requireTime(certificate, at);
  requireUnderstood(certificate.parsed);
  if (issuersBelow > MAX_LENGTH) reject('kernel.documents.signature_untrusted', 'too long a way');
  if (roots.some((root) => same(root, certificate))) return;
  let fault: SignatureError | undefined;
  for (const issuer of [...roots, ...others]) {
    if (same(issuer, certificate) || !issued(issuer, certificate)) continue;
    try {
      requireIssuerUse(issuer.parsed, issuersBelow);
      return walk(issuer, others, roots, at, issuersBelow + 1);
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      fault ??= error;
    }
  }
  throw fault ?? new SignatureError('kernel.documents.signature_untrusted', 'no issuer');
}

function same(a: ReadCertificate, b: ReadCertificate): boolean {
  return Buffer.from(a.der).equals(Buffer.from(b.der));
}

function issued(issuer: ReadCertificate, certificate: ReadCertificate): boolean {
  return certificate.x509.checkIssued(issuer.x509) && certificate.x509.verify(issuer.x509.publicKey);
}

function requireTime({ x509 }: ReadCertificate, at: Date): void {
  if (at < new Date(x509.validFrom)) reject('kernel.documents.signature_not_yet_valid');
  if (at > new Date(x509.validTo)) reject('kernel.documents.signature_expired');
}

function requireUnderstood(certificate: pki.Certificate): void {
  const unknown = certificate.extensions?.find(({ critical, extnID }) => critical && !UNDERSTOOD.has(extnID));
  if (unknown) reject('kernel.documents.signature_unfit_certificate', unknown.extnID);
}

function requireSignerUse(certificate: pki.Certificate): void {
  const usages = keyUsages(certificate);
  if (usages && !usages.has(DIGITAL_SIGNATURE) && !usages.has(NON_REPUDIATION)) {
    reject('kernel.documents.signature_unfit_certificate', 'key usage');
  }
  const purposes = extension(certificate, OID.extendedKeyUsage);
  if (
    purposes instanceof pki.ExtKeyUsage &&
    !purposes.keyPurposes.some((purpose) => FIT_PURPOSES.has(purpose))
  ) {
    reject('kernel.documents.signature_unfit_certificate', 'purpose');
  }
}

function requireIssuerUse(issuer: pki.Certificate, issuersBelow: number): void {
  const constraints = extension(issuer, OID.basicConstraints);
  const usages = keyUsages(issuer);
  if (
    !(constraints instanceof pki.BasicConstraints) ||
    !constraints.cA ||
    (usages && !usages.has(CERTIFICATE_SIGN))
  ) {
    reject('kernel.documents.signature_unfit_certificate', 'not an authority');
  }
  const limit = constraints.pathLenConstraint;
  if (typeof limit === 'number' && issuersBelow > limit) {
    reject('kernel.documents.signature_unfit_certificate', 'path length');
  }
}
