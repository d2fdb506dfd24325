import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import decodeJpeg, { init as startJpegDecoder } from '@jsquash/jpeg/decode.js';
import encodeJpeg, { init as startJpegEncoder } from '@jsquash/jpeg/encode.js';
import { decode as decodePng, init as startPngDecoder } from '@jsquash/png/decode.js';
import { refuse } from '../errors.ts';
import { appRoot } from '../threads/root.ts';
import { pictureSize } from './picture-size.ts';
import type { Size } from './picture-size.ts';
import { shrink } from './shrink.ts';
import type { Pixels } from './shrink.ts';

/** The longer side of a stored photo: an A4 page at 170 dots per inch, small letters still read. */
const MAX_SIDE = 2000;
/** Pixels that are unpacked at all (a phone's 50 megapixels): four bytes each, twice. */
const MAX_PIXELS = 50_500_000;
const QUALITY = 80;

/**
 * Writes a photo anew: upright, at most 2000 pixels a side, JPEG, nothing but pixels.
 * The size is read from the header first, so that a small file cannot ask for gigabytes.
 * @throws AppError `kernel.files.image_unreadable`, `kernel.files.image_too_many_pixels` (422)
 */
export async function reducePhoto(
  bytes: Uint8Array,
  kind: 'jpeg' | 'png',
): Promise<Size & { bytes: Uint8Array }> {
  const declared = pictureSize(bytes, kind);
  if (!declared || declared.width < 1 || declared.height < 1)
    return refuse('kernel.files.image_unreadable', 422);
  if (declared.width * declared.height > MAX_PIXELS) {
    refuse('kernel.files.image_too_many_pixels', 422, { megapixels: Math.floor(MAX_PIXELS / 1_000_000) });
  }
  await startCodecs();
  const pixels = shrink(onWhite(await decode(bytes, kind)), MAX_SIDE);
  const encoded = await encodeJpeg(pixels as ImageData, { quality: QUALITY });
  return { bytes: new Uint8Array(encoded), width: pixels.width, height: pixels.height };
}

async function decode(bytes: Uint8Array, kind: 'jpeg' | 'png'): Promise<Pixels> {
  const data = bytes as unknown as ArrayBuffer;
  try {
    // The codec's option turns the picture as its EXIF says.
    return kind === 'jpeg' ? await decodeJpeg(data, { preserveOrientation: true }) : await decodePng(data);
  } catch {
    return refuse('kernel.files.image_unreadable', 422);
  }
}

/** JPEG knows no transparency: what shines through becomes white paper. */
function onWhite(pixels: Pixels): Pixels {
  const { data } = pixels;
  for (let at = 3; at < data.length; at += 4) {
    const alpha = data[at]!;
    if (alpha === 255) continue;
    for (let channel = at - 3; channel < at; channel++) {
      data[channel] = (data[channel]! * alpha + 255 * (255 - alpha)) / 255;
    }
    data[at] = 255;
  }
  return pixels;
}

/** The codecs take a compiled module first; their types leave it out. */
type StartCodec = (module: WebAssembly.Module, overrides: object) => Promise<unknown>;

let codecs: Promise<unknown> | undefined;

function startCodecs(): Promise<unknown> {
  // The codecs hand pixels over as the browser's ImageData, which Node does not have.
  (globalThis as { ImageData?: unknown }).ImageData ??= PlainPixels;
  // Complaints about broken files go to the sender as a code, not to the server's log.
  const quiet = { printErr: () => undefined, print: () => undefined };
  return (codecs ??= Promise.all([
    (startJpegDecoder as StartCodec)(codec('jpeg/codec/dec/mozjpeg_dec.wasm'), quiet),
    (startJpegEncoder as StartCodec)(codec('jpeg/codec/enc/mozjpeg_enc.wasm'), quiet),
    startPngDecoder(codec('png/codec/pkg/squoosh_png_bg.wasm')),
  ]));
}

class PlainPixels implements Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

function codec(path: string): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(join(appRoot(), 'node_modules/@jsquash', path)));
}
