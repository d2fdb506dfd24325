/** The table beside a shapefile (dBASE III). */
import { attributeText, refuseFile } from './fault.ts';

const MOST_FIELDS = 255;

/** @returns what each record says, deleted ones empty @throws AppError `farming.file.bad_table` with record and byte */
export function readDbf(
  bytes: Uint8Array,
  encoding: string | undefined,
  layer: string,
): Record<string, string>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const broken = (byte: number, record = 0): never => refuseFile('bad_table', { layer, record, byte });
  if (view.byteLength < 33) broken(0);
  const count = view.getUint32(4, true);
  const [header, length] = [view.getUint16(8, true), view.getUint16(10, true)];
  if (header < 33 || length < 1 || header > view.byteLength) broken(8);
  if (header + count * length > view.byteLength)
    broken(view.byteLength, Math.floor((view.byteLength - header) / length) + 1);
  const read = decoder(encoding, bytes);
  const fields: { name: string; at: number; length: number }[] = [];
  let at = 1;
  for (let byte = 32; byte + 32 <= header && bytes[byte] !== 0x0d; byte += 32) {
    const name = read(bytes.subarray(byte, byte + 11))
      .split('\0')[0]!
      .trim();
    fields.push({ name, at, length: bytes[byte + 16]! });
    at += bytes[byte + 16]!;
    if (at > length || fields.length > MOST_FIELDS) broken(byte);
  }
  return Array.from({ length: count }, (_, record) => {
    const start = header + record * length;
    return Object.fromEntries(
      fields.map((field) => {
        const cell = bytes.subarray(start + field.at, start + field.at + field.length);
        return [field.name, attributeText(read(cell).replaceAll('\0', ''))];
      }),
    );
  });
}

/** By the .cpg file; without one UTF-8, and the Vietnamese page of Windows where the bytes are none. */
function decoder(encoding: string | undefined, bytes: Uint8Array): (some: Uint8Array) => string {
  const named = encoding
    ?.trim()
    .toLowerCase()
    .replace(/^(\d{4})$/, 'windows-$1');
  const known = named && isKnown(named) ? named : isUtf8(bytes) ? 'utf-8' : 'windows-1258';
  const reader = new TextDecoder(known);
  return (some) => reader.decode(some).normalize('NFC');
}

function isKnown(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(32));
    return true;
  } catch {
    return false;
  }
}
