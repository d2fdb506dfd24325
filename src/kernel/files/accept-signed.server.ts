import { verifyPdfSignature } from '../documents/signing/verify.ts';
import type { VerifiedSignature } from '../documents/signing/verify.ts';
import { refuse } from '../errors.ts';
import { acceptUpload } from './accept.server.ts';
import { RESULT_UPLOAD } from './kinds.ts';
import type { AcceptedFile } from './kinds.ts';

/** One signature that held when its file was accepted. */
export interface HeldSignature {
  /** The certificate's holder: its common name, else its organization. */
  readonly name: string;
  /** Who issued the certificate. */
  readonly issuer: string;
  /** The certificate's number in hex, as its authority lists it. */
  readonly serial: string;
  /** The claimed time of signing, ISO 8601; a baseline B-B signature has no proof of it. */
  readonly signedAt: string;
}

/** What was found when a signed file was accepted: kept with it, because certificates expire. */
export interface AcceptedSignature {
  /** ISO 8601. */
  readonly checkedAt: string;
  /** All of them, in the order in which they were made; at least one. */
  readonly signatures: readonly HeldSignature[];
}

/**
 * Looks through a signed PDF like {@link acceptUpload} and checks its signatures.
 * @param trustedRoots certificates to trust, DER
 * @throws AppError those of `acceptUpload`; `kernel.documents.signature_*` (422) when a signature does not hold
 */
export async function acceptSigned(
  bytes: Uint8Array,
  trustedRoots: readonly Uint8Array[],
  at: Date,
): Promise<AcceptedFile & { readonly signature: AcceptedSignature }> {
  const file = await acceptUpload(bytes, RESULT_UPLOAD);
  const check = verifyPdfSignature(file.bytes, trustedRoots, at);
  if (!check.ok) return refuse(check.reason);
  return { ...file, signature: { checkedAt: at.toISOString(), signatures: check.signatures.map(held) } };
}

function held({ signer, signedAt }: VerifiedSignature): HeldSignature {
  const { name, issuer, serialNumber: serial } = signer;
  return { name, issuer, serial, signedAt: signedAt.toISOString() };
}
