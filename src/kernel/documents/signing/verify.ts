import { PdfFile } from '../pdf/file.ts';
import { bytesOf, dictOf, itemsOf, nameOf } from '../pdf/values.ts';
import type { PdfDict, PdfValue } from '../pdf/values.ts';
import { nameOfHolder, readCertificate } from './certificate.ts';
import { checkSignature } from './cms-check.ts';
import type { CheckedSignature } from './cms-check.ts';
import { reject, SignatureError } from './faults.ts';
import type { SignatureFault } from './faults.ts';
import { requireTrust } from './trust.ts';

/** Who signed, by the certificate. */
export interface Signer {
  readonly name: string;
  /** Who issued the certificate. */
  readonly issuer: string;
  /** Hex, as the authority lists it. */
  readonly serialNumber: string;
}

/** One signature of a file, checked. */
export interface VerifiedSignature {
  readonly signer: Signer;
  /** The claimed time; a baseline B-B signature has no proof of it. */
  readonly signedAt: Date;
}

export type SignatureCheck =
  | (VerifiedSignature & { readonly ok: true; readonly signatures: readonly VerifiedSignature[] })
  | { readonly ok: false; readonly reason: SignatureFault };

const SUBFILTERS = new Set(['ETSI.CAdES.detached', 'adbe.pkcs7.detached']);
/** How far a signer's clock may be ahead of ours. */
const CLOCK_ERROR_MS = 10 * 60_000;

/**
 * Checks the signatures of a PDF. All must hold; the last must cover the whole file, so that nothing was added
 * after it. The last signer is the answer, all stand in `signatures` in their order.
 * Certificates are looked at as of `at`: now for a file that arrives, the time of its acceptance later on.
 * Not checked: revocation, and proof of the time (baseline B-B has none).
 * @param trustedRoots certificates to trust, DER
 */
export function verifyPdfSignature(
  pdf: Uint8Array,
  trustedRoots: readonly Uint8Array[],
  at: Date,
): SignatureCheck {
  try {
    const file = openFile(pdf);
    const found = signatureDicts(file);
    if (found.length === 0) reject('kernel.documents.signature_missing');
    const covered = found.map((signature) => coverage(file, signature)).sort((a, b) => a.end - b.end);
    const last = covered.at(-1)!;
    if (last.end !== pdf.length) reject('kernel.documents.signature_not_whole');
    const signatures = covered.map((signature) => verifyOne(pdf, signature, trustedRoots, at));
    return { ok: true, ...signatures.at(-1)!, signatures };
  } catch (error) {
    if (error instanceof SignatureError) return { ok: false, reason: error.fault };
    throw error;
  }
}

function openFile(pdf: Uint8Array): PdfFile {
  try {
    const file = new PdfFile(pdf);
    file.pages();
    return file;
  } catch {
    return reject('kernel.documents.signature_unreadable_file');
  }
}

/** Values of the form's signature fields. */
function signatureDicts(file: PdfFile): PdfDict[] {
  const found: PdfDict[] = [];
  const walk = (value: PdfValue, inherited: string | undefined, depth: number): void => {
    const field = dictOf(file.resolve(value));
    if (!field || depth > 10) return;
    const type = nameOf(file.get(field, 'FT')) ?? inherited;
    const signature = dictOf(file.get(field, 'V'));
    if (type === 'Sig' && signature && !found.includes(signature)) found.push(signature);
    for (const kid of itemsOf(file.get(field, 'Kids')) ?? []) walk(kid, type, depth + 1);
  };
  try {
    const form = dictOf(file.get(file.catalog, 'AcroForm'));
    for (const field of itemsOf(file.get(form, 'Fields')) ?? []) walk(field, undefined, 0);
  } catch {
    return reject('kernel.documents.signature_unreadable_file');
  }
  return found;
}

/** What one signature covers: everything up to `end` but itself between `gapStart` and `gapEnd`. */
interface Coverage {
  readonly dict: PdfDict;
  readonly contents: Uint8Array;
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly end: number;
  readonly claimedTime: Date | undefined;
}

function coverage(file: PdfFile, dict: PdfDict): Coverage {
  const range = (itemsOf(file.get(dict, 'ByteRange')) ?? []).map((item) => file.resolve(item));
  const contents = bytesOf(file.get(dict, 'Contents'));
  if (!SUBFILTERS.has(nameOf(file.get(dict, 'SubFilter')) ?? '') || range.length !== 4 || !contents) {
    return reject('kernel.documents.signature_malformed', 'dictionary');
  }
  const [start, first, gapEnd, second] = range.map((number) =>
    typeof number === 'number' ? number : -1,
  ) as [number, number, number, number];
  const sound = [start, first, gapEnd, second].every((number) => Number.isSafeInteger(number) && number >= 0);
  if (!sound || start !== 0 || gapEnd <= first)
    return reject('kernel.documents.signature_malformed', 'range');
  if (gapEnd + second > file.bytes.length)
    return reject('kernel.documents.signature_unreadable_file', 'cut off');
  // The gap holds this signature's own value as hex digits and nothing else: no byte escapes the digest.
  const gap = Buffer.from(file.bytes.subarray(first, gapEnd)).toString('latin1');
  if (!/^<[0-9a-fA-F]*>$/.test(gap) || !Buffer.from(gap.slice(1, -1), 'hex').equals(contents)) {
    return reject('kernel.documents.signature_not_whole', 'gap');
  }
  return {
    dict,
    contents,
    gapStart: first,
    gapEnd,
    end: gapEnd + second,
    claimedTime: readDate(bytesOf(file.get(dict, 'M'))),
  };
}

/** Like checkSignature; what its parsers stumble over is a malformed signature, not a fault of ours. */
function check(contents: Uint8Array, content: readonly Uint8Array[]): CheckedSignature {
  try {
    return checkSignature(contents, content);
  } catch (error) {
    if (error instanceof SignatureError) throw error;
    return reject('kernel.documents.signature_malformed', String(error));
  }
}

function verifyOne(
  pdf: Uint8Array,
  { contents, gapStart, gapEnd, end, claimedTime }: Coverage,
  roots: readonly Uint8Array[],
  at: Date,
): VerifiedSignature {
  const { signer, others, signingTime } = check(contents, [
    pdf.subarray(0, gapStart),
    pdf.subarray(gapEnd, end),
  ]);
  requireTrust(signer, others, roots.map(readCertificate), at);
  const signedAt = claimedTime ?? signingTime;
  if (!signedAt) return reject('kernel.documents.signature_malformed', 'no time');
  const inTime = signedAt >= new Date(signer.x509.validFrom) && signedAt <= new Date(signer.x509.validTo);
  if (!inTime || signedAt.getTime() > at.getTime() + CLOCK_ERROR_MS)
    reject('kernel.documents.signature_bad_time');
  const { parsed, x509 } = signer;
  const issuer = { subject: parsed.issuer } as typeof parsed;
  return {
    signer: { name: nameOfHolder(parsed), issuer: nameOfHolder(issuer), serialNumber: x509.serialNumber },
    signedAt,
  };
}

/** A PDF date (ISO 32000-1, 7.9.4); undefined for anything else. */
function readDate(bytes: Uint8Array | undefined): Date | undefined {
  const parts = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(\d{2})?'?)?$/.exec(
    Buffer.from(bytes ?? []).toString('latin1'),
  );
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = (Number(parts[8] ?? 0) * 60 + Number(parts[9] ?? 0)) * (parts[7] === '-' ? -1 : 1);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second) - offset * 60_000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
