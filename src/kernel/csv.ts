/** Rows as CSV (RFC 4180) that spreadsheets open with its letters whole, and never compute. */

type Value = string | number | null;

/** All rows have the keys of the first one. A text that a spreadsheet would compute is led by an apostrophe. */
export function csvOf(rows: readonly Readonly<Record<string, Value>>[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => heads.map((head) => cell(row[head] ?? null)).join(','));
  return `\uFEFF${[heads.join(','), ...lines].join('\r\n')}\r\n`;
}

function cell(value: Value): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
