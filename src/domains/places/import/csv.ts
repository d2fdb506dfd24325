/** Rows of a CSV file as spreadsheets write it (RFC 4180): `,`, `;` or tabs, quotes, UTF-8 or UTF-16. Pure. */

/** @returns undefined where the bytes are no text in those encodings */
export function readCsv(bytes: Uint8Array): string[][] | undefined {
  const text = decode(bytes);
  return text === undefined ? undefined : cellsIn(text, separatorOf(text));
}

function decode(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes).normalize('NFC');
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The one that stands most often in the first line: Vietnamese Excel writes semicolons. */
function separatorOf(text: string): string {
  const line = text.split(/\r?\n/, 1)[0]!;
  const times = (sign: string) => line.split(sign).length;
  return [';', '\t'].reduce((best, sign) => (times(sign) > times(best) ? sign : best), ',');
}

function cellsIn(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
  const endCell = () => {
    row.push(cell);
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)];
      else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator) endCell();
    else if (sign === '\n') endRow();
    else if (sign !== '\r') cell += sign;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}
