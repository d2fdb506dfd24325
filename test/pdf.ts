/** Small PDFs written by hand, to give readers and checkers what no honest program writes. */
import { deflateSync } from 'node:zlib';

export interface PdfRecipe {
  /** Bodies of objects 1, 2, 3 …; object 1 is the catalog. A stream's dictionary needs its Length. */
  readonly objects: readonly string[];
  readonly style?: 'table' | 'stream';
  /** More entries of the trailer, such as `/Encrypt 9 0 R`. */
  readonly trailer?: string;
  /** Bodies that go into a packed object stream (only with style stream), numbered after the others. */
  readonly packed?: readonly string[];
}

/** One page with a word on it. */
export const ONE_PAGE: readonly string[] = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 419.53 595.28] /Contents 4 0 R /Resources << >> >>',
  '<< /Length 8 >>\nstream\n0 0 m h\n\nendstream',
];

export function makePdf(recipe: PdfRecipe): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  const add = (body: string | Buffer) => {
    offsets.push(length());
    parts.push(
      Buffer.from(`${offsets.length} 0 obj\n`),
      Buffer.from(body as string, 'latin1'),
      Buffer.from('\nendobj\n'),
    );
  };
  recipe.objects.forEach(add);
  const count = recipe.objects.length;
  const packed = recipe.packed ?? [];
  const trailer = `/Root 1 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] ${recipe.trailer ?? ''}`;
  if (recipe.style !== 'stream') {
    const start = length();
    const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    parts.push(
      Buffer.from(
        `xref\n0 ${count + 1}\n0000000000 65535 f \n${lines}trailer\n<< /Size ${count + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
      ),
    );
    return Buffer.concat(parts);
  }
  const rows: [number, number, number][] = [
    [0, 0, 65535],
    ...offsets.map((offset): [number, number, number] => [1, offset, 0]),
  ];
  if (packed.length > 0) {
    const holder = count + 1;
    rows.push([1, length(), 0]);
    add(objectStream(packed, holder + 1));
    packed.forEach((_, index) => rows.push([2, holder, index]));
  }
  const own = rows.length;
  rows.push([1, length(), 0]);
  const start = length();
  const data = deflateSync(differences(rows));
  parts.push(
    Buffer.from(
      `${own} 0 obj\n<< /Type /XRef /Size ${own + 1} /W [1 4 2] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 7 >> /Length ${data.length} ${trailer} >>\nstream\n`,
    ),
    data,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}

function up(number: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => Math.floor(number / 256 ** (bytes - 1 - index)) % 256);
}

/** Predictor 12, as real writers use it: each row as its difference to the one above. */
function differences(rows: readonly (readonly [number, number, number])[]): Buffer {
  let above = [0, 0, 0, 0, 0, 0, 0];
  return Buffer.concat(
    rows.map(([kind, a, b]) => {
      const row = [kind, ...up(a, 4), ...up(b, 2)];
      const line = Buffer.from([2, ...row.map((byte, index) => (byte - above[index]! + 256) % 256)]);
      above = row;
      return line;
    }),
  );
}

function objectStream(bodies: readonly string[], first: number): Buffer {
  let at = 0;
  const index = bodies.map((body, number) => {
    const entry = `${first + number} ${at}`;
    at += body.length + 1;
    return entry;
  });
  const head = `${index.join(' ')} `;
  const data = deflateSync(Buffer.from(head + bodies.join(' '), 'latin1'));
  return Buffer.concat([
    Buffer.from(
      `<< /Type /ObjStm /N ${bodies.length} /First ${head.length} /Filter /FlateDecode /Length ${data.length} >>\nstream\n`,
    ),
    data,
    Buffer.from('\nendstream'),
  ]);
}
