/** A million addresses, right ones and ones with something wrong: none breaks the reader, none passes that should not. */
import { expect, it } from 'vitest';
import { buildDigitalLink, readDigitalLink } from './digital-link.ts';
import { canonicalUri, type DigitalLink } from './link.ts';
import { IDENTIFIERS } from './identifiers.ts';

const RUNS = 1_000_000;
/** Keys by what they are made of: how many digits with the check digit, what may follow, which qualifiers, in order. */
const KEYS: Readonly<Record<string, { digits: number; tail?: string; qualifiers: readonly string[][] }>> = {
  '00': { digits: 18, qualifiers: [[]] },
  '01': { digits: 14, qualifiers: [['22', '10', '21'], ['235']] },
  '253': { digits: 13, tail: 'A1', qualifiers: [[]] },
  '255': { digits: 13, tail: '77', qualifiers: [[]] },
  '402': { digits: 17, qualifiers: [[]] },
  '414': { digits: 13, qualifiers: [['254'], ['7040']] },
  '417': { digits: 13, qualifiers: [['7040']] },
  '8003': { digits: 14, tail: 'X-9', qualifiers: [[]] },
  // Its list has 22 as well, but 22 stands beside 01 alone.
  '8006': { digits: 14, tail: '0102', qualifiers: [['10', '21']] },
  '8017': { digits: 18, qualifiers: [['8019']] },
  '8018': { digits: 18, qualifiers: [['8019']] },
};
const VALUES = ['L1', 'A-b_c.9', '7', 'x(y)', 'S/1', '00'];

/** Small and the same on every machine (mulberry32). */
function seeded(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

/** The check digit another way than the reader's: weights from the left of 18 places. */
function isChecked(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  const padded = digits.padStart(18, '0');
  let sum = 0;
  for (let at = 0; at < padded.length; at += 1) sum += Number(padded[at]) * (at % 2 === 0 ? 3 : 1);
  return sum % 10 === 0;
}

function digitsFor(next: (most: number) => number, count: number): string {
  // A company prefix that exists; the rest by chance, the last digit by trying.
  const body = `0952${Array.from({ length: count - 5 }, () => next(10)).join('')}`.slice(0, count - 1);
  for (let digit = 0; ; digit += 1) if (isChecked(body + digit)) return body + digit;
}

type Made = { uri: string; right: boolean };
type Next = (most: number) => number;

/** A right link. */
function rightLink(next: Next): string[] {
  const keys = Object.keys(KEYS);
  const ai = keys[next(keys.length)]!;
  const { digits, tail = '', qualifiers } = KEYS[ai]!;
  const path = [ai, digitsFor(next, digits) + tail];
  const list = qualifiers[next(qualifiers.length)]!;
  for (const one of list)
    if (next(2) === 0)
      path.push(one, one === '7040' ? '1ABC' : one === '8019' ? '12' : encodeURIComponent(VALUES[next(6)]!));
  return path;
}

const STEMS = ['https://id.gs1.org', 'http://xa.example/a/b', 'https://tuc-tranh.example:3000'];
const SIGNS = [
  '%',
  '/',
  '?',
  '=',
  '&',
  '0',
  '9',
  'A',
  '\u0000',
  'ư',
  '%2F',
  '%00',
  '%C4',
  ';',
  '#',
  '..',
  '+',
  ' ',
];

/** Some way of going wrong: a digit, an order, a piece, a sign. `right` is false where it cannot be right any more. */
function spoilt(next: Next, path: string[]): Made {
  const stem = STEMS[next(STEMS.length)]!;
  const link = () => `${stem}/${path.join('/')}`;
  switch (next(7)) {
    case 0: {
      const { digits } = KEYS[path[0]!]!;
      const at = next(digits);
      const other = String((Number(path[1]![at]) + 1 + next(9)) % 10);
      path[1] = path[1]!.slice(0, at) + other + path[1]!.slice(at + 1);
      return { uri: link(), right: false };
    }
    case 1: {
      if (path.length < 6) return { uri: link(), right: true };
      path.push(...path.splice(2, 2));
      return { uri: link(), right: false };
    }
    case 2:
      path.splice(next(path.length), 1);
      return { uri: link(), right: isRight(link()) };
    case 3: {
      const whole = link();
      const at = next(whole.length);
      const uri = whole.slice(0, at) + SIGNS[next(SIGNS.length)]! + whole.slice(at + next(3));
      return { uri, right: isRight(uri) };
    }
    case 4: {
      const extra = [
        '17=271231',
        '17=271331',
        '3103=000200',
        '99=x',
        'linkType=all',
        '21=S',
        '10=L',
        '7=7',
        '=',
      ];
      const uri = `${link()}?${extra[next(extra.length)]!}&${extra[next(extra.length)]!}`;
      return { uri, right: isRight(uri) };
    }
    case 5: {
      const uri = Array.from({ length: next(60) }, () => String.fromCharCode(next(0x250))).join('');
      return { uri: next(2) === 0 ? `${stem}/01/${uri}` : uri, right: false };
    }
    default:
      return { uri: link(), right: true };
  }
}

/** Where the harm is by chance the reader's word is taken, and judged by {@link judge}. */
function isRight(uri: string): boolean {
  return readDigitalLink(uri).ok;
}

/** What an accepted link must be, told without the reader's tables; empty where all is well. */
function judge({ key, qualifiers, attributes }: DigitalLink): string {
  const known = KEYS[key.ai];
  if (known) {
    if (!isChecked(key.value.slice(0, known.digits))) return 'check digit';
    const asked = qualifiers.map(({ ai }) => ai).join(' ');
    const fits = known.qualifiers.some((list) =>
      new RegExp(`^${list.map((ai) => `(?:${ai} ?)?`).join('')}$`).test(asked),
    );
    if (!fits) return 'order';
  }
  const names = [key, ...qualifiers, ...attributes].map(({ ai }) => ai);
  if (new Set(names).size < names.length) return 'twice';
  for (const { ai, value } of [key, ...qualifiers, ...attributes]) {
    if (!IDENTIFIERS.has(ai)) return 'unknown';
    if (value === '' || value.length > 90 || /[^\x21-\x7e]/.test(value)) return 'value';
  }
  return '';
}

function elementsOf({ key, qualifiers, attributes }: DigitalLink) {
  return [...attributes, ...qualifiers, key];
}

/** What a link says, wherever in it: a lot may stand in the path or behind it. */
function said(link: DigitalLink): string {
  return elementsOf(link)
    .map(({ ai, value }) => `${ai}=${value}`)
    .toSorted()
    .join('&');
}

it(
  'a million addresses neither break the reader nor pass with a wrong digit or order',
  { timeout: 300_000 },
  () => {
    const next = seeded(20261123);
    const counts = { right: 0, wrong: 0 };
    for (let run = 0; run < RUNS; run += 1) {
      const { uri, right } = spoilt(next, rightLink(next));
      const read = readDigitalLink(uri);
      if (read.ok !== right) expect.fail(`${right ? 'refused' : 'accepted'}: ${JSON.stringify(uri)}`);
      if (!read.ok) {
        counts.wrong += 1;
        if (!(read.fault.position <= uri.length)) expect.fail(`no place in ${JSON.stringify(uri)}`);
        continue;
      }
      counts.right += 1;
      const fault = judge(read.link);
      if (fault !== '') expect.fail(`${fault}: ${JSON.stringify(uri)}`);
      if (run % 50 === 0) {
        const written = canonicalUri(read.link);
        const again = readDigitalLink(written);
        if (!again.ok || canonicalUri(again.link) !== written) expect.fail(`not canonical: ${written}`);
        const built = buildDigitalLink(elementsOf(read.link));
        if (!built.ok || said(built.link) !== said(read.link)) expect.fail(`not built again: ${written}`);
      }
    }
    // Both sorts are there in number: the test looks at what it says it does.
    expect(Math.min(counts.right, counts.wrong)).toBeGreaterThan(RUNS / 5);
  },
);
