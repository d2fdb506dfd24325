/** Whoever holds a key signs: a file, a token, a remote service. */
export interface DocumentSigner {
  /** The signer's certificate first, then those above it (without the root, or with it), DER. */
  readonly certificates: readonly Uint8Array[];
  readonly algorithm: 'rsa-sha256' | 'ecdsa-sha256';
  /** Signs those bytes: PKCS #1 v1.5 for RSA, DER for ECDSA. */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}
