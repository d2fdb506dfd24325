import decode from 'jsqr';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { qrSvg } from './qr.ts';

/** Paints the code's outline by the even-odd rule, four pixels for each unit of the drawing. */
function paint(svg: string) {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const outline = /<path d="([^"]+)"/.exec(svg)?.[1] ?? '';
  const rings = outline
    .split('Z')
    .filter(Boolean)
    .map((ring) =>
      [...ring.matchAll(/(\d+(?:\.\d+)?) (\d+(?:\.\d+)?)/g)].map(
        (point) => [Number(point[1]), Number(point[2])] as const,
      ),
    );
  const scale = 4;
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y++) {
    const level = (y + 0.5) / scale;
    const crossings: number[] = [];
    for (const ring of rings) {
      ring.forEach(([x1, y1], index) => {
        const [, y2] = ring[(index + 1) % ring.length]!;
        if (y1 < level !== y2 < level) crossings.push(x1);
      });
    }
    crossings.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      for (let x = crossings[pair]! * scale; x < crossings[pair + 1]! * scale; x++) {
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
      }
    }
  }
  return { data, width };
}

function read(svg: string): string | undefined {
  const { data, width } = paint(svg);
  return decode(data, width, width)?.data;
}

test('a drawn code is read back by a decoder of others', () => {
  const text = 'https://tuctranh.thainguyen.example/tra-cuu?ma=K7M2QF';
  expect(read(qrSvg(text))).toBe(text);
});

test('any address that fits is read back', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true }).filter((url) => url.length <= 200),
      (url) => {
        expect(read(qrSvg(url))).toBe(url);
      },
    ),
    { numRuns: 40 },
  );
});

test('the code keeps its white border and carries no style and no script', () => {
  const svg = qrSvg('https://xa.example/');
  expect(svg).not.toMatch(/style|script|href/i);
  const points = [...svg.matchAll(/[ML](\d+) (\d+)/g)].flatMap((point) => [
    Number(point[1]),
    Number(point[2]),
  ]);
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  expect(Math.min(...points)).toBe(8);
  expect(Math.max(...points)).toBe(size - 8);
});

test('a text that no phone would read from paper is refused', () => {
  expect(() => qrSvg('')).toThrow(RangeError);
  expect(() => qrSvg('x'.repeat(301))).toThrow(RangeError);
});
