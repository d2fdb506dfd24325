/** Pictures made for tests: painted, turned by EXIF, broken or lying about their size. */
import { crc32, deflateSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Encode = (pixels: unknown, options: object) => Promise<ArrayBuffer>;
type Decode = (bytes: Uint8Array, options?: object) => Promise<Picture>;
export interface Picture {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** The codec as the test's own encoder and reader of JPEG. */
export async function jpegCodec(): Promise<{ encode: Encode; decode: Decode }> {
  (globalThis as { ImageData?: unknown }).ImageData ??= class {
    data: Uint8ClampedArray;
    width: number;
    height: number;
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      [this.data, this.width, this.height] = [data, width, height];
    }
  };
  const wasm = (path: string) =>
    new WebAssembly.Module(readFileSync(join('node_modules/@jsquash/jpeg/codec', path)));
  const encoder = await import('@jsquash/jpeg/encode.js');
  const decoder = await import('@jsquash/jpeg/decode.js');
  await (encoder.init as (module: WebAssembly.Module) => Promise<void>)(wasm('enc/mozjpeg_enc.wasm'));
  await (decoder.init as (module: WebAssembly.Module) => Promise<void>)(wasm('dec/mozjpeg_dec.wasm'));
  return { encode: encoder.default as unknown as Encode, decode: decoder.default as unknown as Decode };
}

let codec: ReturnType<typeof jpegCodec> | undefined;

/** Red above and left, green above and right, blue below: told apart however the picture is turned. */
function painted(width: number, height: number): Picture {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = y >= height / 2 ? [0, 0, 255] : x < width / 2 ? [255, 0, 0] : [0, 255, 0];
      data.set(colour, (y * width + x) * 4);
    }
  }
  return { data, width, height };
}

/** That painting as JPEG. */
export async function jpeg(width: number, height: number): Promise<Buffer> {
  const { encode } = await (codec ??= jpegCodec());
  return Buffer.from(await encode(painted(width, height), { progressive: false }));
}

/** Puts an EXIF segment with an orientation, a place and a camera's name into a JPEG. */
export function withExif(photo: Buffer, orientation: number): Buffer {
  const secret = Buffer.from('GPS 21.7223,105.7703 Nokia\0');
  const tiff = Buffer.concat([
    Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01', 'latin1'),
    Buffer.from([0, orientation, 0, 0, 0, 0, 0, 0]),
    secret,
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([photo.subarray(0, 2), head, body, photo.subarray(2)]);
}

/** A PNG of one colour (red, green, blue, opacity); its header may declare another size. */
export function png(
  width: number,
  height: number,
  colour: readonly number[],
  declared = { width, height },
): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(declared.width);
  head.writeUInt32BE(declared.height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const line = Buffer.concat([
    Buffer.from([0]),
    Buffer.from(Array.from({ length: width }, () => colour).flat()),
  ]);
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}
