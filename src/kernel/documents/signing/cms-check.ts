import { constants, createHash, verify } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import { readCertificate } from './certificate.ts';
import type { ReadCertificate } from './certificate.ts';
import { reject } from './faults.ts';
import { OID } from './oids.ts';

/** A CMS signature whose mathematics holds: who made it is known, whether he is trusted is not yet. */
export interface CheckedSignature {
  readonly signer: ReadCertificate;
  readonly others: readonly ReadCertificate[];
  /** The time in the signature itself; PAdES keeps it in the PDF instead. */
  readonly signingTime: Date | undefined;
}

const HASHES: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};
/** Ways of signing, each with the hash that it names; plain RSA takes the signer's hash. */
const WAYS: Readonly<Record<string, { readonly key: 'rsa' | 'ec'; readonly hash: string | null }>> = {
  [OID.rsa]: { key: 'rsa', hash: null },
  [OID.rsaSha256]: { key: 'rsa', hash: 'sha256' },
  [OID.rsaSha384]: { key: 'rsa', hash: 'sha384' },
  [OID.rsaSha512]: { key: 'rsa', hash: 'sha512' },
  [OID.ecdsaSha256]: { key: 'ec', hash: 'sha256' },
  [OID.ecdsaSha384]: { key: 'ec', hash: 'sha384' },
  [OID.ecdsaSha512]: { key: 'ec', hash: 'sha512' },
};

/**
 * Checks a detached CMS signature over some content: digest, signed attributes, signing-certificate-v2, value.
 * @param contents what stands in the PDF: the signature and zeros behind it
 * @throws SignatureError
 */
export function checkSignature(contents: Uint8Array, content: readonly Uint8Array[]): CheckedSignature {
  const data = readSignedData(contents);
  const info = data.signerInfos[0];
  if (!info?.signedAttrs || data.signerInfos.length !== 1)
    return reject('kernel.documents.signature_malformed', 'signers');
  if (data.encapContentInfo.eContent) reject('kernel.documents.signature_malformed', 'not detached');
  const hash = HASHES[info.digestAlgorithm.algorithmId];
  if (!hash) return reject('kernel.documents.signature_weak', info.digestAlgorithm.algorithmId);
  const attributes = info.signedAttrs.attributes;
  if (oidOf(single(attributes, OID.contentType)) !== OID.data)
    reject('kernel.documents.signature_malformed', 'content type');
  const digest = createHash(hash);
  for (const piece of content) digest.update(piece);
  if (!digest.digest().equals(octetsOf(single(attributes, OID.messageDigest))))
    reject('kernel.documents.signature_altered');
  const certificates = (data.certificates ?? []).flatMap((item) =>
    item instanceof pki.Certificate ? [read(item)] : [],
  );
  const signer = certificates.find(({ parsed }) => isNamedBy(info.sid, parsed));
  if (!signer) return reject('kernel.documents.signature_wrong_certificate', 'not enclosed');
  requireCertificateId(
    single(attributes, OID.signingCertificateV2, 'kernel.documents.signature_wrong_certificate'),
    signer,
  );
  requireValue(info, hash, signer);
  return {
    signer,
    others: certificates.filter((certificate) => certificate !== signer),
    signingTime: timeOf(attributes.find(({ type }) => type === OID.signingTime)?.values[0]),
  };
}

function readSignedData(contents: Uint8Array): pki.SignedData {
  const bytes = Uint8Array.from(contents).buffer;
  const parsed = asn1.fromBER(bytes);
  if (parsed.offset <= 0 || contents.subarray(parsed.offset).some((byte) => byte !== 0)) {
    return reject('kernel.documents.signature_malformed', 'not CMS');
  }
  try {
    const info = new pki.ContentInfo({ schema: parsed.result });
    if (info.contentType !== OID.signedData)
      return reject('kernel.documents.signature_malformed', 'no signed data');
    return new pki.SignedData({ schema: info.content });
  } catch {
    return reject('kernel.documents.signature_malformed', 'not CMS');
  }
}

function read(certificate: pki.Certificate): ReadCertificate {
  try {
    return readCertificate(new Uint8Array(certificate.toSchema().toBER()));
  } catch {
    return reject('kernel.documents.signature_malformed', 'certificate');
  }
}

/** The one value of an attribute that must be there exactly once. */
function single(
  attributes: readonly pki.Attribute[],
  type: string,
  fault: Parameters<typeof reject>[0] = 'kernel.documents.signature_malformed',
): unknown {
  const found = attributes.filter((attribute) => attribute.type === type);
  const value: unknown = found[0]?.values[0];
  return found.length === 1 && found[0]!.values.length === 1 && value ? value : reject(fault, type);
}

function oidOf(value: unknown): string | undefined {
  return value instanceof asn1.ObjectIdentifier ? value.valueBlock.toString() : undefined;
}

function octetsOf(value: unknown): Uint8Array {
  return value instanceof asn1.OctetString ? value.valueBlock.valueHexView : new Uint8Array();
}

function timeOf(value: unknown): Date | undefined {
  return value instanceof asn1.UTCTime || value instanceof asn1.GeneralizedTime ? value.toDate() : undefined;
}

function isNamedBy(id: unknown, certificate: pki.Certificate): boolean {
  if (!(id instanceof pki.IssuerAndSerialNumber)) return false;
  return id.issuer.isEqual(certificate.issuer) && id.serialNumber.isEqual(certificate.serialNumber);
}

/** signing-certificate-v2 (RFC 5035): the first certificate id must be the hash of the signer's certificate. */
function requireCertificateId(value: unknown, signer: ReadCertificate): void {
  const list = value instanceof asn1.Sequence ? value.valueBlock.value[0] : undefined;
  const id = list instanceof asn1.Sequence ? list.valueBlock.value[0] : undefined;
  const parts = id instanceof asn1.Sequence ? id.valueBlock.value : [];
  const named = parts[0] instanceof asn1.Sequence ? oidOf(parts[0].valueBlock.value[0]) : OID.sha256;
  const hash = HASHES[named ?? ''];
  const wanted = parts.find((part) => part instanceof asn1.OctetString);
  if (!hash || !wanted || !createHash(hash).update(signer.der).digest().equals(octetsOf(wanted))) {
    reject('kernel.documents.signature_wrong_certificate', 'signing-certificate-v2');
  }
}

function requireValue(info: pki.SignerInfo, hash: string, signer: ReadCertificate): void {
  const way = WAYS[info.signatureAlgorithm.algorithmId];
  const key = signer.x509.publicKey;
  const details = key.asymmetricKeyDetails;
  const strong =
    key.asymmetricKeyType === 'rsa'
      ? (details?.modulusLength ?? 0) >= 2048
      : ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '');
  if (!way || !strong) return reject('kernel.documents.signature_weak', info.signatureAlgorithm.algorithmId);
  if (way.key !== key.asymmetricKeyType || (way.hash ?? hash) !== hash)
    reject('kernel.documents.signature_malformed', 'algorithms');
  // What is signed is the set of attributes with the tag of a set (RFC 5652, 5.4).
  const signed = new Uint8Array(info.signedAttrs!.encodedValue);
  const options = way.key === 'rsa' ? { key, padding: constants.RSA_PKCS1_PADDING } : { key };
  if (!verify(hash, signed, options, info.signature.valueBlock.valueHexView))
    reject('kernel.documents.signature_forged');
}
