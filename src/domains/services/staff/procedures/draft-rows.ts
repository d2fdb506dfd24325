/** Rows of a draft's form, added and taken out by its own buttons; nothing else that was typed changes. Pure. */
import { rowsOf, TICKED, type Typed } from './draft-typed.ts';

/** What a new row begins with; its keys are all that the row asks. */
const NEW_SOURCE = { text: '', article: '', mark: 'F' };
const NEW_ROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  legalBasis: NEW_SOURCE,
  sources: NEW_SOURCE,
  'fee.rule.tiers': { fromPage: '', each: '' },
  'fee.exemptions': {
    code: '',
    'label.vi': '',
    'label.en': '',
    percent: '100',
    'source.text': '',
    'source.article': '',
    'source.mark': 'F',
  },
  papers: {
    code: '',
    'name.vi': '',
    'name.en': '',
    kind: 'copy',
    count: '1',
    required: TICKED,
    'when.vi': '',
    'when.en': '',
    digitisable: TICKED,
  },
  steps: { code: '', 'name.vi': '', 'name.en': '', role: 'specialist', share: '0' },
};
const MOST_ROWS = 60;

/** The form after a button of its rows; undefined for a button that is none. */
export function changeRows(typed: Typed, button: string): Record<string, string> | undefined {
  const [act, list = '', number = ''] = button.split(':');
  const fresh = NEW_ROWS[list];
  if (!fresh) return undefined;
  const rows = rowsOf(typed, list).map((row) => cells(typed, row));
  const at = Number(number);
  const known = /^\d+$/.test(number) && rows[at] !== undefined;
  if (act === 'add') rows.splice(rows.length, 0, ...(rows.length < MOST_ROWS ? [fresh] : []));
  else if (act === 'drop' && known) rows.splice(at, 1);
  else if (act === 'up' && known && at > 0) rows.splice(at - 1, 2, rows[at]!, rows[at - 1]!);
  else return undefined;
  return written(typed, list, rows);
}

/** The cells of a row by their names within it. */
function cells(typed: Typed, row: string): Record<string, string> {
  const own = Object.entries(typed).filter(([name]) => name.startsWith(`${row}.`));
  return Object.fromEntries(own.map(([name, text]) => [name.slice(row.length + 1), text]));
}

function written(
  typed: Typed,
  list: string,
  rows: readonly Readonly<Record<string, string>>[],
): Record<string, string> {
  const others = Object.entries(typed).filter(([name]) => !name.startsWith(`${list}.`));
  const own = rows.flatMap((row, at) =>
    Object.entries(row).map(([name, text]): [string, string] => [`${list}.${at}.${name}`, text]),
  );
  return Object.fromEntries([...others, ...own]);
}
