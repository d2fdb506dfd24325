/** Why a signature is not accepted; the words stand in the messages under `error_<code>`. */
export type SignatureFault =
  /** The file cannot be opened as a PDF: damaged or cut off. */
  | 'kernel.documents.signature_unreadable_file'
  /** No signature in it. */
  | 'kernel.documents.signature_missing'
  /** What stands where the signature should be is none, or a kind that is not taken. */
  | 'kernel.documents.signature_malformed'
  /** Something was added to or stands outside of what was signed. */
  | 'kernel.documents.signature_not_whole'
  /** The file is not what was signed. */
  | 'kernel.documents.signature_altered'
  /** The value was not made with the key of the certificate. */
  | 'kernel.documents.signature_forged'
  /** The signature does not name its certificate, or another one. */
  | 'kernel.documents.signature_wrong_certificate'
  /** Hash or key too weak today. */
  | 'kernel.documents.signature_weak'
  /** No way from the certificate to an authority that is trusted here. */
  | 'kernel.documents.signature_untrusted'
  /** A certificate on that way was not meant for this. */
  | 'kernel.documents.signature_unfit_certificate'
  | 'kernel.documents.signature_expired'
  | 'kernel.documents.signature_not_yet_valid'
  /** The claimed time of signing lies in the future or outside of the certificate's time. */
  | 'kernel.documents.signature_bad_time';

/** Thrown inside the check and turned into a refusal at its end. */
export class SignatureError extends Error {
  override name = 'SignatureError';
  readonly fault: SignatureFault;

  constructor(fault: SignatureFault, detail = '') {
    super(`${fault} ${detail}`);
    this.fault = fault;
  }
}

/** Stops the check. @throws SignatureError always */
export function reject(fault: SignatureFault, detail?: string): never {
  throw new SignatureError(fault, detail);
}
