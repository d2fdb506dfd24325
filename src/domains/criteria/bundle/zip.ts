/** A zip of stored parts in one fixed way: no byte of it is free, so that a verifier can name any that was altered. Pure. */
import { crc32 } from 'node:zlib';

export type Part = { name: string; bytes: Uint8Array };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1 January 1980: when the parts were made stands in the manifest. */
const DAY = 0x21;

/** The parts one after the other, each with its head, then the directory. */
export function storedZip(parts: readonly Part[]): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of parts) {
    const head = headOf(name, bytes);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL);
    const named = Buffer.from(name);
    locals.push(local, head, named, Buffer.from(bytes));
    const before = Buffer.alloc(6);
    before.writeUInt32LE(CENTRAL);
    before.writeUInt16LE(VERSION, 4);
    const after = Buffer.alloc(14);
    after.writeUInt32LE(at, 10);
    directory.push(before, head, after, named);
    at += 4 + head.length + named.length + bytes.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, listed, end]));
}

/** What the local head and the directory say alike of a part. */
function headOf(name: string, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(VERSION, 0);
  head.writeUInt16LE(FLAGS, 2);
  head.writeUInt16LE(DAY, 8);
  head.writeUInt32LE(crc32(bytes), 10);
  head.writeUInt32LE(bytes.length, 14);
  head.writeUInt32LE(bytes.length, 18);
  head.writeUInt16LE(Buffer.byteLength(name), 22);
  return head;
}
