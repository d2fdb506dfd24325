/** A picture as four bytes (red, green, blue, opacity) for each pixel. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Makes the longer side at most `maxSide` pixels: each new pixel is the mean of the area it covers. */
export function shrink(source: Pixels, maxSide: number): Pixels {
  const scale = Math.max(source.width, source.height) / maxSide;
  if (scale <= 1) return source;
  const width = Math.max(1, Math.round(source.width / scale));
  const height = Math.max(1, Math.round(source.height / scale));
  const lines = shrinkLines(source, width);
  return { data: shrinkColumns(lines, width, source.height, height), width, height };
}

/** Means along each line, three colours a pixel; opacity is full and left out. */
function shrinkLines({ data, width: from, height }: Pixels, to: number): Float32Array {
  const out = new Float32Array(to * height * 3);
  const spans = spansOf(from, to);
  for (let y = 0, target = 0; y < height; y++) {
    for (const span of spans) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let pixel = span.first; pixel <= span.last; pixel++) {
        const weight = weightOf(span, pixel);
        const at = (y * from + pixel) * 4;
        red += data[at]! * weight;
        green += data[at + 1]! * weight;
        blue += data[at + 2]! * weight;
      }
      out[target++] = red;
      out[target++] = green;
      out[target++] = blue;
    }
  }
  return out;
}

function shrinkColumns(lines: Float32Array, width: number, from: number, to: number): Uint8ClampedArray {
  const out = new Uint8ClampedArray(width * to * 4).fill(255);
  const sums = new Float32Array(width * 3);
  spansOf(from, to).forEach((span, y) => {
    sums.fill(0);
    for (let line = span.first; line <= span.last; line++) {
      const weight = weightOf(span, line);
      const start = line * width * 3;
      for (let at = 0; at < sums.length; at++) sums[at]! += lines[start + at]! * weight;
    }
    for (let x = 0; x < width; x++) {
      const target = (y * width + x) * 4;
      for (let colour = 0; colour < 3; colour++) out[target + colour] = sums[x * 3 + colour]!;
    }
  });
  return out;
}

/** The old pixels that one new pixel covers, the ends in part. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

function spansOf(from: number, to: number): Span[] {
  const width = from / to;
  return Array.from({ length: to }, (_, index) => {
    const [start, end] = [index * width, (index + 1) * width];
    return { from: start, to: end, first: Math.floor(start), last: Math.min(from, Math.ceil(end)) - 1 };
  });
}

/** The share of the new pixel that comes from that old one; the shares of a span sum to 1. */
function weightOf(span: Span, pixel: number): number {
  return (Math.min(span.to, pixel + 1) - Math.max(span.from, pixel)) / (span.to - span.from);
}
