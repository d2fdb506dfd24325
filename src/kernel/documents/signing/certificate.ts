import { X509Certificate } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import { OID } from './oids.ts';

/** What a certificate says, read once. */
export interface ReadCertificate {
  readonly der: Uint8Array;
  readonly x509: X509Certificate;
  readonly parsed: pki.Certificate;
}

/** Reads a certificate. @throws Error for anything else */
export function readCertificate(der: Uint8Array): ReadCertificate {
  return {
    der,
    x509: new X509Certificate(der),
    parsed: pki.Certificate.fromBER(Uint8Array.from(der).buffer),
  };
}

/** The name of the holder as people read it. */
export function commonName(der: Uint8Array): string {
  return nameOfHolder(readCertificate(der).parsed);
}

/** The common name, else the organization, else nothing. */
export function nameOfHolder(certificate: pki.Certificate): string {
  for (const type of [OID.commonName, OID.organization]) {
    const found = certificate.subject.typesAndValues.find((part) => part.type === type);
    const value: unknown = found?.value.valueBlock.value;
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

/** An extension's value, parsed; undefined when the certificate has none. */
export function extension(certificate: pki.Certificate, id: string): unknown {
  return certificate.extensions?.find((found) => found.extnID === id)?.parsedValue;
}

/** Usages of the key as bit numbers (RFC 5280, 4.2.1.3); undefined when nothing is said. */
export function keyUsages(certificate: pki.Certificate): Set<number> | undefined {
  const value = extension(certificate, OID.keyUsage);
  if (!(value instanceof asn1.BitString)) return undefined;
  const bits = new Set<number>();
  value.valueBlock.valueHexView.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) bits.add(index * 8 + bit);
  });
  return bits;
}
