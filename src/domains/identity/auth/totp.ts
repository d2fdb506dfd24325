/** Authenticator codes (RFC 6238: SHA-1, 30 seconds, six digits) and the address inside their QR code. */
import { createHmac } from 'node:crypto';

/** The name under which authenticator apps list the account. */
export const ISSUER = 'Xã Số';

const PERIOD_SECONDS = 30;
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an authenticator shows at a moment. @param secret in base32 */
export function totpAt(secret: string, at: Date): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1000 / PERIOD_SECONDS)));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac[mac.length - 1]! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** What the QR code holds. @param secret in base32 */
export function totpUri(secret: string, account: string): string {
  const query = new URLSearchParams({
    secret,
    issuer: ISSUER,
    digits: '6',
    period: String(PERIOD_SECONDS),
  });
  return `otpauth://totp/${encodeURIComponent(ISSUER)}:${encodeURIComponent(account)}?${query}`;
}

export function toBase32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => SIGNS[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** @throws RangeError for a sign outside the alphabet */
export function fromBase32(text: string): Buffer {
  let bits = '';
  for (const sign of text.toUpperCase().replace(/[\s=]/g, '')) {
    const value = SIGNS.indexOf(sign);
    if (value < 0) throw new RangeError('not base32');
    bits += value.toString(2).padStart(5, '0');
  }
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2)));
}
