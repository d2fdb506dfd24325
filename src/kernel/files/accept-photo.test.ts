import { afterAll, describe, expect, test } from 'vitest';
import { jpeg, jpegCodec, png, withExif } from '#test/pictures';
import { zip } from '#test/zip';
import { closeThreads } from '../threads/pool.server.ts';
import { acceptUpload } from './accept.server.ts';
import { CITIZEN_UPLOAD } from './kinds.ts';

afterAll(closeThreads);

describe('photos', () => {
  test('a large one becomes at most 2000 pixels, its colours in their places', async () => {
    const accepted = await acceptUpload(await jpeg(2600, 1300), CITIZEN_UPLOAD);
    expect(accepted).toMatchObject({
      kind: 'jpeg',
      type: 'image/jpeg',
      pages: null,
      pixels: { width: 2000, height: 1000 },
    });
    const { data, width, height } = await (await jpegCodec()).decode(accepted.bytes);
    expect([width, height]).toEqual([2000, 1000]);
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
    const near = (pixel: number[], wanted: number[]) =>
      pixel.forEach((byte, index) => expect(Math.abs(byte - wanted[index]!)).toBeLessThan(12));
    near(at(300, 200), [255, 0, 0]);
    near(at(1700, 200), [0, 255, 0]);
    near(at(1000, 800), [0, 0, 255]);
  });

  test('a small one keeps its size', async () => {
    expect((await acceptUpload(await jpeg(640, 480), CITIZEN_UPLOAD)).pixels).toEqual({
      width: 640,
      height: 480,
    });
  });

  test('it is turned upright and forgets place and camera', async () => {
    const photo = withExif(await jpeg(64, 32), 6);
    expect(photo.includes('GPS 21.7223')).toBe(true);
    const { bytes, pixels } = await acceptUpload(photo, CITIZEN_UPLOAD);
    expect(pixels).toEqual({ width: 32, height: 64 });
    expect(Buffer.from(bytes).includes('GPS')).toBe(false);
    expect(Buffer.from(bytes).includes('Exif')).toBe(false);
    const { data } = await (await jpegCodec()).decode(bytes);
    // Orientation 6: what was left below (blue) is now left above.
    expect(data[2]).toBeGreaterThan(200);
    expect(data[0]).toBeLessThan(60);
  });

  test('a transparent PNG lies on white paper', async () => {
    const { bytes, kind } = await acceptUpload(png(20, 20, [0, 0, 0, 0]), CITIZEN_UPLOAD);
    expect(kind).toBe('jpeg');
    expect([...(await (await jpegCodec()).decode(bytes)).data.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  test('a picture that would unpack to gigabytes is refused by its header alone', async () => {
    const bomb = png(10, 10, [1, 2, 3, 255], { width: 60_000, height: 60_000 });
    await expect(acceptUpload(bomb, CITIZEN_UPLOAD)).rejects.toMatchObject({
      code: 'kernel.files.image_too_many_pixels',
      params: { megapixels: 50 },
    });
  });

  test('one cut off on its way, or spoiled, is refused and not shown half grey', async () => {
    const photo = await jpeg(400, 300);
    const cases = [
      photo.subarray(0, photo.length / 2),
      photo.subarray(0, 300),
      png(10, 10, [1, 2, 3, 4], { width: 500, height: 500 }),
      png(9, 9, [1, 2, 3, 4]).subarray(0, 60),
    ];
    for (const bytes of cases) {
      await expect
        .soft(acceptUpload(bytes, CITIZEN_UPLOAD))
        .rejects.toMatchObject({ code: 'kernel.files.image_unreadable' });
    }
  });

  test('after a spoiled one the next is read as ever', async () => {
    await acceptUpload((await jpeg(80, 80)).subarray(0, 500), CITIZEN_UPLOAD).catch(() => undefined);
    expect((await acceptUpload(await jpeg(80, 60), CITIZEN_UPLOAD)).pixels).toEqual({
      width: 80,
      height: 60,
    });
  });

  test('what hides behind the end of a photo is gone', async () => {
    const { bytes } = await acceptUpload(
      Buffer.concat([await jpeg(40, 40), zip([{ name: 'x.exe', data: 'MZ' }])]),
      CITIZEN_UPLOAD,
    );
    expect(Buffer.from(bytes).includes('x.exe')).toBe(false);
  });
});
