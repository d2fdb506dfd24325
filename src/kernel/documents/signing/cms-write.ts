import { createHash } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import { OID } from './oids.ts';
import type { DocumentSigner } from './signer.ts';

/**
 * A detached CMS signature as PAdES baseline B-B wants it (ETSI EN 319 142-1, 6.3): content type, message digest
 * and signing-certificate-v2 are signed; the time of signing stands in the PDF and not here.
 * @param digest sha256 of what is signed
 */
export async function makeSignature(digest: Uint8Array, signer: DocumentSigner): Promise<Uint8Array> {
  const certificates = signer.certificates.map((der) => pki.Certificate.fromBER(buffer(der)));
  const own = certificates[0];
  if (!own) throw new Error('a signer without a certificate');
  const attributes = signedAttributes(digest, signer.certificates[0]!);
  const toSign = new asn1.Set({ value: attributes.map((attribute) => attribute.toSchema()) }).toBER();
  const signature = await signer.sign(new Uint8Array(toSign));
  const rsa = signer.algorithm === 'rsa-sha256';
  const data = new pki.SignedData({
    version: 1,
    digestAlgorithms: [algorithm(OID.sha256)],
    encapContentInfo: new pki.EncapsulatedContentInfo({ eContentType: OID.data }),
    certificates,
    signerInfos: [
      new pki.SignerInfo({
        version: 1,
        sid: new pki.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
        digestAlgorithm: algorithm(OID.sha256),
        signedAttrs: new pki.SignedAndUnsignedAttributes({ type: 0, attributes }),
        signatureAlgorithm: rsa ? algorithm(OID.rsa, new asn1.Null()) : algorithm(OID.ecdsaSha256),
        signature: new asn1.OctetString({ valueHex: buffer(signature) }),
      }),
    ],
  });
  const content = new pki.ContentInfo({ contentType: OID.signedData, content: data.toSchema(true) });
  return new Uint8Array(content.toSchema().toBER());
}

/** In the order of their encodings, as DER wants a set. */
function signedAttributes(digest: Uint8Array, own: Uint8Array): pki.Attribute[] {
  const hash = createHash('sha256').update(own).digest();
  // ESSCertIDv2 without its algorithm, whose default is sha256 (RFC 5035, 4).
  const certificateId = new asn1.Sequence({ value: [new asn1.OctetString({ valueHex: buffer(hash) })] });
  const list = new asn1.Sequence({ value: [new asn1.Sequence({ value: [certificateId] })] });
  const attributes = [
    new pki.Attribute({ type: OID.contentType, values: [new asn1.ObjectIdentifier({ value: OID.data })] }),
    new pki.Attribute({
      type: OID.messageDigest,
      values: [new asn1.OctetString({ valueHex: buffer(digest) })],
    }),
    new pki.Attribute({ type: OID.signingCertificateV2, values: [list] }),
  ];
  const encoded = (attribute: pki.Attribute) => Buffer.from(attribute.toSchema().toBER());
  return attributes.sort((a, b) => Buffer.compare(encoded(a), encoded(b)));
}

function algorithm(id: string, parameters?: asn1.Null): pki.AlgorithmIdentifier {
  return new pki.AlgorithmIdentifier({ algorithmId: id, ...(parameters && { algorithmParams: parameters }) });
}

function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
