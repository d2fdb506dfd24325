import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import { OID } from './oids.ts';

/** Someone with a key: the holder or the issuer of a certificate. */
export interface KeyHolder {
  /** Common name. */
  readonly name: string;
  readonly organization: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export interface CertificateTerms {
  readonly from: Date;
  readonly until: Date;
  /** How many authorities may stand below this one; null for a certificate that issues nothing. */
  readonly authorityBelow: number | null;
  /** Purposes (object identifiers) to which it is limited. */
  readonly purposes?: readonly string[];
}

/** A new holder with an RSA key of 2048 bits. */
export function newKeyHolder(name: string, organization: string): KeyHolder {
  return { name, organization, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

/** Issues an X.509 certificate (RFC 5280), DER, signed with RSA and sha256. */
export function issueCertificate(subject: KeyHolder, issuer: KeyHolder, terms: CertificateTerms): Uint8Array {
  const algorithm = new pki.AlgorithmIdentifier({
    algorithmId: OID.rsaSha256,
    algorithmParams: new asn1.Null(),
  });
  const certificate = new pki.Certificate({
    version: 2,
    serialNumber: new asn1.Integer({ valueHex: positiveNumber() }),
    signature: algorithm,
    signatureAlgorithm: algorithm,
    issuer: distinguishedName(issuer),
    subject: distinguishedName(subject),
    subjectPublicKeyInfo: pki.PublicKeyInfo.fromBER(Uint8Array.from(spkiOf(subject)).buffer),
    extensions: extensionsOf(subject, issuer, terms),
  });
  certificate.notBefore.value = terms.from;
  certificate.notAfter.value = terms.until;
  const toSign = new Uint8Array(certificate.encodeTBS().toBER());
  certificate.tbsView = toSign;
  const value = sign('sha256', toSign, issuer.privateKey);
  certificate.signatureValue = new asn1.BitString({ valueHex: Uint8Array.from(value).buffer });
  return new Uint8Array(certificate.toSchema(true).toBER());
}

/** Country, organization and name, each a part of its own (the library would write them as one). */
function distinguishedName({ name, organization }: KeyHolder): pki.RelativeDistinguishedNames {
  const part = (type: string, value: asn1.Utf8String | asn1.PrintableString) =>
    new asn1.Set({ value: [new pki.AttributeTypeAndValue({ type, value }).toSchema()] });
  const parts = [
    part(OID.country, new asn1.PrintableString({ value: 'VN' })),
    part(OID.organization, new asn1.Utf8String({ value: organization })),
    part(OID.commonName, new asn1.Utf8String({ value: name })),
  ];
  return pki.RelativeDistinguishedNames.fromBER(new asn1.Sequence({ value: parts }).toBER());
}

function extensionsOf(subject: KeyHolder, issuer: KeyHolder, terms: CertificateTerms): pki.Extension[] {
  const extension = (id: string, critical: boolean, value: asn1.BaseBlock) =>
    new pki.Extension({ extnID: id, critical, extnValue: value.toBER() });
  const issues = terms.authorityBelow !== null;
  const constraints = new pki.BasicConstraints(
    issues ? { cA: true, pathLenConstraint: terms.authorityBelow } : {},
  );
  // Signing certificates and lists of revoked ones; or digital signature and non-repudiation.
  const usage = issues ? { bits: 0b0000_0110, unusedBits: 1 } : { bits: 0b1100_0000, unusedBits: 6 };
  const keyIdentifier = new asn1.OctetString({ valueHex: keyId(issuer) });
  const extensions = [
    extension(OID.basicConstraints, true, constraints.toSchema()),
    extension(
      OID.keyUsage,
      true,
      new asn1.BitString({ valueHex: Uint8Array.of(usage.bits).buffer, unusedBits: usage.unusedBits }),
    ),
    extension(OID.subjectKeyIdentifier, false, new asn1.OctetString({ valueHex: keyId(subject) })),
    extension(
      OID.authorityKeyIdentifier,
      false,
      new pki.AuthorityKeyIdentifier({ keyIdentifier }).toSchema(),
    ),
  ];
  if (terms.purposes) {
    const purposes = new pki.ExtKeyUsage({ keyPurposes: [...terms.purposes] });
    extensions.push(extension(OID.extendedKeyUsage, false, purposes.toSchema()));
  }
  return extensions;
}

function spkiOf({ publicKey }: KeyHolder): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

function keyId(holder: KeyHolder): ArrayBuffer {
  return Uint8Array.from(createHash('sha256').update(spkiOf(holder)).digest().subarray(0, 20)).buffer;
}

/** 16 random bytes that DER reads as a positive number. */
function positiveNumber(): ArrayBuffer {
  const out = Uint8Array.from(randomBytes(16));
  out[0] = (out[0]! & 0x7f) | 0x40;
  return out.buffer;
}
