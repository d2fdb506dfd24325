/**
 * Locks what lies on the phone. Each person has a key of his own (AES-GCM, 256 bits), which lies wrapped by what only he
 * knows or has: a PIN, or the code of a personal card. A PIN of six digits does not withstand somebody who takes the
 * memory out of the phone and has a year; PBKDF2 makes each guess dear, and a lost phone is shut out besides.
 */

/** OWASP's floor for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
export const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const IV_BYTES = 12;

type Bytes = Uint8Array<ArrayBuffer>;
/** Something locked: AES-GCM under its own nonce. */
export type Box = { iv: Bytes; data: Bytes };
/** A person's key, locked by a secret. */
export type Wrapped = { salt: Bytes; iterations: number; box: Box };

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const random = (size: number): Bytes => crypto.getRandomValues(new Uint8Array(size));

/** A new person's key, which can be wrapped once more. */
export function makeKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
}

/** @param iterations less only in tests */
export async function wrapKey(key: CryptoKey, secret: string, iterations = ITERATIONS): Promise<Wrapped> {
  const salt = random(SALT_BYTES);
  const raw = await crypto.subtle.exportKey('raw', key);
  return { salt, iterations, box: await lock(await stretch(secret, salt, iterations), raw, 'key') };
}

/**
 * The person's key.
 * @param again whether it shall be wrapped by another secret; else nothing can read it out
 * @returns null for a wrong secret
 */
export async function unwrapKey(wrapped: Wrapped, secret: string, again = false): Promise<CryptoKey | null> {
  const { salt, iterations, box } = wrapped;
  const raw = await unlock(await stretch(secret, salt, iterations), box, 'key');
  if (!raw) return null;
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', again, ['encrypt', 'decrypt']);
}

async function stretch(secret: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const given = encoder.encode(secret.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', given, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** @param place where it will lie: a box that was moved elsewhere does not open */
export async function lock(key: CryptoKey, plain: BufferSource, place: string): Promise<Box> {
  const iv = random(IV_BYTES);
  const how = { name: 'AES-GCM', iv, additionalData: encoder.encode(place) };
  return { iv, data: new Uint8Array(await crypto.subtle.encrypt(how, key, plain)) };
}

/** @returns null where the key is not its key, or it was changed or moved */
export async function unlock(key: CryptoKey, { iv, data }: Box, place: string): Promise<Bytes | null> {
  const how = { name: 'AES-GCM', iv, additionalData: encoder.encode(place) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, data));
  } catch {
    return null;
  }
}

export function lockValue(key: CryptoKey, value: unknown, place: string): Promise<Box> {
  return lock(key, encoder.encode(JSON.stringify(value)), place);
}

/** @throws Error where the box does not open: the storage is damaged */
export async function unlockValue(key: CryptoKey, box: Box, place: string): Promise<unknown> {
  const plain = await unlock(key, box, place);
  if (!plain) throw new Error(`box of ${place} does not open`);
  return JSON.parse(decoder.decode(plain));
}

/** SHA-256 of bytes, hexadecimal. */
export async function digestOf(bytes: BufferSource): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
