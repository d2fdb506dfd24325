/** One file inside a zip, as its directory declares it. */
export interface ZipEntry {
  readonly name: string;
  /** Unpacked size in bytes. */
  readonly size: number;
}

/**
 * The directory of a zip, without unpacking anything; undefined when there is none or it is broken. Sizes are
 * what the directory declares, which is also what our readers allocate.
 */
export function zipDirectory(bytes: Uint8Array): ZipEntry[] | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = data.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > data.length) return undefined;
  const count = data.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = data.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > data.length || data.readUInt32LE(at) !== 0x02014b50) return undefined;
    const nameEnd = at + 46 + data.readUInt16LE(at + 28);
    entries.push({ name: data.toString('utf8', at + 46, nameEnd), size: data.readUInt32LE(at + 24) });
    at = nameEnd + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return entries;
}

/** Bytes that an office file may unpack to. */
const MAX_UNPACKED = 200_000_000;
const MAX_ENTRIES = 5000;

/** Whether opening the zip is safe: its directory is sound and does not unpack to more than 200 MB. */
export function isSaneZip(entries: readonly ZipEntry[] | undefined): entries is readonly ZipEntry[] {
  if (!entries || entries.length === 0 || entries.length > MAX_ENTRIES) return false;
  return entries.reduce((sum, entry) => sum + entry.size, 0) <= MAX_UNPACKED;
}
