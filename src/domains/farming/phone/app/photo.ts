/** A photo of the camera, made small enough for a weak line; without what cameras write into their files. */
import { digestOf } from '../core/vault.ts';
import type { Photo } from '../core/outbox.ts';

/** Pixels of the longer side. */
const LONGEST = 1_600;
const QUALITY = 0.8;

/** @throws Error where the file is no picture */
export async function takePhoto(
  file: Blob,
  { id, now }: { id: string; now: Date },
): Promise<{ photo: Photo; bytes: Uint8Array<ArrayBuffer> }> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (!small) throw new Error('no picture came out');
  const bytes = new Uint8Array(await small.arrayBuffer());
  const digest = await digestOf(bytes);
  const photo = { id, size: bytes.length, digest, takenAt: now.toISOString(), done: false, refused: null };
  return { photo, bytes };
}

/** For an `img`: the content policy allows pictures of ours and `data:` alone. */
export function asDataUrl(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return `data:image/jpeg;base64,${btoa(text)}`;
}
