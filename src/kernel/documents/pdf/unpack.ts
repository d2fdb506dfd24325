import { inflateSync } from 'node:zlib';
import { PdfParser } from './parse.ts';
import { dictOf, itemsOf, nameOf, PdfFault } from './values.ts';
import type { PdfDict, PdfValue } from './values.ts';

/** What a compressed object stream may grow to; page content is never unpacked here. */
const MAX_UNPACKED = 64_000_000;

/** The objects of an object stream's data (ISO 32000-1, 7.5.7). @throws PdfFault */
export function packedObjects(data: Uint8Array, dict: PdfDict): Map<number, PdfValue> {
  const [count, first] = [dict.entries.get('N'), dict.entries.get('First')];
  if (typeof count !== 'number' || typeof first !== 'number' || count > 200_000)
    throw new PdfFault('a bad object stream');
  const parser = new PdfParser(data);
  const objects = new Map<number, PdfValue>();
  for (let index = 0; index < count; index++) {
    const number = parser.integer();
    const offset = parser.integer();
    objects.set(number, new PdfParser(data, first + offset).value());
  }
  return objects;
}

/** Undoes /FlateDecode with its predictors. @throws PdfFault for other filters, broken or outsized data */
export function unpackStream(
  raw: Uint8Array,
  dict: PdfDict,
  resolve: (value: PdfValue | undefined) => PdfValue,
): Uint8Array {
  const filter = resolve(dict.entries.get('Filter'));
  const names = (itemsOf(filter) ?? (filter === null ? [] : [filter])).map((item) => nameOf(resolve(item)));
  if (names.length === 0) return raw;
  if (names.length > 1 || (names[0] !== 'FlateDecode' && names[0] !== 'Fl'))
    throw new PdfFault(`filter ${names.join(' ')}`);
  let data: Uint8Array;
  try {
    data = inflateSync(raw, { maxOutputLength: MAX_UNPACKED });
  } catch (error) {
    throw new PdfFault(`a stream does not unpack: ${String(error)}`);
  }
  const parameters = resolve(dict.entries.get('DecodeParms'));
  return undoPredictor(data, dictOf(itemsOf(parameters)?.[0] ?? parameters));
}

function undoPredictor(data: Uint8Array, parameters: PdfDict | undefined): Uint8Array {
  const predictor = parameters?.entries.get('Predictor') ?? 1;
  if (predictor === 1) return data;
  const columns = parameters?.entries.get('Columns') ?? 1;
  if (
    typeof predictor !== 'number' ||
    predictor < 10 ||
    typeof columns !== 'number' ||
    columns < 1 ||
    columns > 10_000
  ) {
    throw new PdfFault('an unknown predictor');
  }
  const rows = Math.floor(data.length / (columns + 1));
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const type = data[row * (columns + 1)];
    for (let column = 0; column < columns; column++) {
      const raw = data[row * (columns + 1) + 1 + column]!;
      const up = row > 0 ? out[(row - 1) * columns + column]! : 0;
      const left = column > 0 ? out[row * columns + column - 1]! : 0;
      if (type !== 0 && type !== 1 && type !== 2) throw new PdfFault('an unknown row filter');
      out[row * columns + column] = raw + (type === 2 ? up : type === 1 ? left : 0);
    }
  }
  return out;
}
