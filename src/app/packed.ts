/**
 * Pages that many readers get alike but for their end: what is alike is compressed once, the end is compressed for
 * each (RFC 1951: blocks follow each other; RFC 1952: one checksum over both). Pure.
 */
import { constants, crc32, deflateRawSync } from 'node:zlib';

/** An answer's bytes, as they are and compressed; each is made when it is first asked for. */
export type Body = { plain: () => Buffer; gzip: () => Buffer };

/** Magic, deflate, no flags, no time, best compression, no system told (RFC 1952, 2.3). */
const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);

/** The end is short: a small window is made ready in half the time. */
const SMALL = { windowBits: 10, memLevel: 3 };

/** @param head what all readers get @returns the whole page, for what comes at its end */
export function packing(head: string): (end: string) => Body {
  const bytes = Buffer.from(head);
  const packed = once(() => deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }));
  const sum = once(() => crc32(bytes));
  return (end) => {
    const last = Buffer.from(end);
    return {
      plain: once(() => Buffer.concat([bytes, last])),
      gzip: once(() => {
        const foot = Buffer.alloc(8);
        foot.writeUInt32LE(crc32(last, sum()), 0);
        foot.writeUInt32LE((bytes.length + last.length) >>> 0, 4);
        return Buffer.concat([GZIP_HEAD, packed(), deflateRawSync(last, SMALL), foot]);
      }),
    };
  };
}

/** Whether an `accept-encoding` takes gzip (RFC 9110, 12.5.3). */
export function takesGzip(accepted: string): boolean {
  return /(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(accepted);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
