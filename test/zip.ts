import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface ZipPart {
  name: string;
  data: string;
  /** What the directory lies about the unpacked size. */
  declared?: number;
}

/** A zip written by hand, so that its directory can lie. */
export function zip(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, declared } of parts) {
    const packed = deflateRawSync(Buffer.from(data));
    const head = Buffer.alloc(30 + name.length);
    head.writeUInt32LE(0x04034b50);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(data), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(declared ?? data.length, 22);
    head.writeUInt16LE(name.length, 26);
    head.write(name, 30);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(at, 42);
    entry.write(name, 46);
    files.push(head, packed);
    directory.push(entry);
    at += head.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...directory, end]);
}

/** What the parts of a sound zip hold, one after the other, as text. */
export function unzipText(data: Buffer): string {
  const end = data.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const texts: string[] = [];
  for (let at = data.readUInt32LE(end + 16); data.readUInt32LE(at) === 0x02014b50;) {
    const [packed, start] = [data.readUInt32LE(at + 20), data.readUInt32LE(at + 42)];
    const from = start + 30 + data.readUInt16LE(start + 26) + data.readUInt16LE(start + 28);
    const part = data.subarray(from, from + packed);
    texts.push((data.readUInt16LE(at + 10) === 8 ? inflateRawSync(part) : part).toString('utf8'));
    at += 46 + data.readUInt16LE(at + 28) + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return texts.join('\n');
}
