/**
 * Poppler's tools as an independent reader of our PDFs. They come with the Debian package poppler-utils;
 * where it is missing the tests that need it say so and are left out.
 */
import { spawnSync } from 'node:child_process';

/** Whether that tool of poppler-utils is installed. */
export function hasTool(name: 'pdftotext' | 'pdftoppm' | 'pdfsig' | 'pdfinfo'): boolean {
  return spawnSync(name, ['-v']).error === undefined;
}

/** What to add to the name of a test that needs the tool. */
export function needs(name: Parameters<typeof hasTool>[0]): string {
  return hasTool(name) ? '' : ` (left out: ${name} of poppler-utils is not installed)`;
}

/** The text of a PDF as a reader would copy it, with line breaks as spaces. */
export function pdfText(pdf: Uint8Array): string {
  const run = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, maxBuffer: 1e8 });
  return run.stdout.toString('utf8').replace(/\s+/g, ' ');
}

export interface Picture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** A page as it is drawn, RGBA, at 200 dots per inch. */
export function pdfPicture(pdf: Uint8Array, page = 1): Picture {
  const args = ['-r', '200', '-f', String(page), '-l', String(page), '-'];
  const ppm = spawnSync('pdftoppm', args, { input: pdf, maxBuffer: 1e9 }).stdout;
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'));
  if (!head) throw new Error('pdftoppm drew nothing');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0, at = head[0].length; pixel < width * height; pixel++, at += 3) {
    data.set(ppm.subarray(at, at + 3), pixel * 4);
  }
  return { data, width, height };
}
