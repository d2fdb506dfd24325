export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Width and height in pixels as the header says, without unpacking; undefined when broken or cut off. */
export function pictureSize(bytes: Uint8Array, kind: 'jpeg' | 'png'): Size | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return kind === 'png' ? pngSize(data) : jpegSize(data);
}

function pngSize(data: Buffer): Size | undefined {
  if (data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  if (data.lastIndexOf('IEND', undefined, 'latin1') < 33) return undefined;
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

/** Frame headers: every start-of-frame marker but those for tables (C4, C8, CC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function jpegSize(data: Buffer): Size | undefined {
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return undefined;
  let size: Size | undefined;
  for (let at = 2; at + 4 <= data.length;) {
    if (data[at] !== 0xff) return undefined;
    const marker = data[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda) {
      // The picture itself: a photo cut off on its way has no end after it.
      return data.lastIndexOf(Buffer.from([0xff, 0xd9])) > at ? size : undefined;
    }
    if (isFrame(marker)) {
      if (size || at + 9 > data.length) return undefined;
      size = { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
    }
    at += 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}
