/** Every application identifier: read where it may stand, and as the syntax dictionary says. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { standardsFile, WITHOUT_STANDARDS } from '#test/standards';
import { checkDigit } from './check-digit.ts';
import { buildDigitalLink, readDigitalLink } from './digital-link.ts';
import { IDENTIFIERS, type Identifier, type Part } from './identifiers.ts';
import type { DigitalLink } from './link.ts';
import { pairingFault } from './pairing.ts';

/** A value that the identifier allows. */
function sample({ parts }: Identifier, round: number): string {
  return parts.map((part) => partSample(part, round)).join('');
}

const SPECIAL: Readonly<Record<string, string>> = {
  day: '270228',
  day0: '270200',
  date: '20270228',
  time: '2359',
  hour: '23',
  minute: '59',
  second: '00',
  country: '704',
  country999: '999',
  country2: 'VN',
  currency: '704',
  package: 'BX',
  percent: 'a%20b',
  yesno: '1',
  hyphen: '-',
  zero: '0',
  nonzero: '1',
  nolead: '12',
  winding: '1',
  sex: '2',
  medium: '10',
  importer: 'A',
  latitude: '0900000000',
  longitude: '1800000000',
  piece: '0102',
  order: '1/2',
  iban: 'GB82WEST12345698765432',
  coupon: '012345600012311120123',
  offer: '001234561234560123456',
  check2: '1987654Ad4X4bL5ttr2310c2K',
};

function partSample(part: Part, round: number): string {
  const special = part.checks.map((name) => SPECIAL[name]).find((value) => value !== undefined);
  if (special !== undefined)
    return part.checks.includes('nonzero') ? special.padStart(part.most, '0') : special;
  const length = round % 2 === 0 ? part.most : part.least;
  const digits = '123456789'.repeat(4).slice(0, length);
  if (part.checks.includes('check')) return digits.slice(0, -1) + checkDigit(digits.slice(0, -1));
  return part.checks.includes('prefix') && length < 5 ? '12345' : digits.padEnd(length, '7');
}

/** All that must stand beside an identifier, with a key among it; nothing where there is no such item. */
function itemWith(ais: readonly string[]): string[] | null {
  if (pairingFault(ais)?.code === 'excludes' || ais.length > 6) return null;
  const open = ais.flatMap((ai) => IDENTIFIERS.get(ai)!.needs.filter((group) => !group.some(met)))[0];
  const keys = [...IDENTIFIERS.values()].filter(({ key }) => key?.flat().some((one) => ais.includes(one)));
  const ways = open ?? (ais.some(isKey) ? null : [...keys.map(({ ai }) => ai), '01', '00', '8018']);
  if (!ways) return [...ais];
  for (const way of ways) {
    const more = way.split('+').map((ai) => ai.replaceAll('n', '0'));
    const found = itemWith([...new Set([...ais, ...more])]);
    if (found) return found;
  }
  return null;

  function met(way: string): boolean {
    return way
      .split('+')
      .every((kind) => ais.some((ai) => new RegExp(`^${kind.replaceAll('n', String.raw`\d`)}$`).test(ai)));
  }
}

describe.each([...IDENTIFIERS.values()])('AI $ai', (identifier) => {
  const { ai } = identifier;

  it('is read where it may stand, with what it needs, and nowhere else', () => {
    for (const round of [0, 1]) {
      const value = sample(identifier, round);
      const alone = readDigitalLink(`https://x.vn/${ai}/${encodeURIComponent(value)}`);
      expect(alone.ok, `${ai} ${value}`).toBe(identifier.key !== null && identifier.needs.length === 0);
      const item = itemWith([ai]);
      expect(item, ai).not.toBeNull();
      const elements = item!.map((one) => ({ ai: one, value: sample(IDENTIFIERS.get(one)!, round) }));
      const built = buildDigitalLink(elements);
      const path = new Set([...IDENTIFIERS.values()].flatMap(({ key }) => key?.flat() ?? []));
      const stands = identifier.key !== null || identifier.attribute || path.has(ai);
      expect(built.ok, JSON.stringify([elements, built])).toBe(stands);
      if (!built.ok) continue;
      expect(elementsOf(built.link)).toEqual(
        elementsOf({ key: elements[0]!, qualifiers: elements.slice(1) }),
      );
      const bare = readDigitalLink(
        `${built.uri}${built.uri.includes('?') ? '&' : '?'}${ai}=${encodeURIComponent(value)}`,
      );
      expect(bare.ok, `${ai} twice`).toBe(false);
    }
  });
});

function isKey(ai: string): boolean {
  return IDENTIFIERS.get(ai)!.key !== null;
}

function elementsOf({
  key,
  qualifiers,
  attributes = [],
}: Partial<DigitalLink> & Pick<DigitalLink, 'key' | 'qualifiers'>) {
  return [key, ...qualifiers, ...attributes].map((one) => `${one.ai}=${one.value}`).sort();
}

const dictionary = standardsFile('gs1/gs1-syntax-dictionary.txt');
const WORDS: Readonly<Record<string, string>> = {
  gcppos1: 'prefix',
  gcppos2: 'prefix2',
  csum: 'check',
  csumalpha: 'check2',
  yymmdd: 'day',
  yymmd0: 'day0',
  yyyymmdd: 'date',
  hhmi: 'time',
  hh: 'hour',
  mi: 'minute',
  ss: 'second',
  iso4217: 'currency',
  iso3166: 'country',
  iso3166999: 'country999',
  iso3166alpha2: 'country2',
  iso5218: 'sex',
  pieceoftotal: 'piece',
  posinseqslash: 'order',
  pcenc: 'percent',
  nozeroprefix: 'nolead',
  hasnondigit: 'letter',
  importeridx: 'importer',
  packagetype: 'package',
  couponcode: 'coupon',
  couponposoffer: 'offer',
  mediatype: 'medium',
};

describe.skipIf(!dictionary)(
  `the table and the syntax dictionary${dictionary ? '' : WITHOUT_STANDARDS}`,
  () => {
    it('say the same of every identifier', () => {
      const theirs = readDictionary(readFileSync(dictionary!, 'utf8'));
      const ours = new Map(
        [...IDENTIFIERS.values()].map((one) => [
          one.ai,
          { ...one, parts: one.parts.map((part) => ({ ...part, checks: [...part.checks] })) },
        ]),
      );
      expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
      for (const [ai, identifier] of theirs) expect(ours.get(ai), ai).toEqual(identifier);
    });
  },
);

function readDictionary(text: string): Map<string, Identifier> {
  const found = new Map<string, Identifier>();
  for (const line of text.split('\n')) {
    const words = line.split('#')[0]!.trim().split(/\s+/);
    if (words.length < 2) continue;
    const [ais = '', ...rest] = words;
    const flags = /^[*?]+$/.test(rest[0]!) ? rest.shift()! : '';
    const attributes = rest.filter((word) => /^(?:dlpkey|req=|ex=)/.test(word));
    const formats = rest.filter((word) => !attributes.includes(word));
    const [first = '', last = first] = ais.split('-');
    const parts = formats.map(theirPart);
    const optional = formats.findIndex((word) => word.startsWith('['));
    const key = attributes.find((word) => word.startsWith('dlpkey'));
    for (let number = Number(first); number <= Number(last); number++) {
      const ai = String(number).padStart(first.length, '0');
      found.set(ai, {
        ai,
        parts,
        required: optional < 0 ? parts.length : optional,
        fixed: flags.includes('*'),
        attribute: flags.includes('?'),
        key:
          key === undefined
            ? null
            : key
                .replace(/^dlpkey=?/, '')
                .split('|')
                .map((list) => list.split(',').filter(Boolean)),
        needs: attributes.filter((word) => word.startsWith('req=')).map((word) => word.slice(4).split(',')),
        excludes: attributes
          .filter((word) => word.startsWith('ex='))
          .flatMap((word) => word.slice(3).split(',')),
      });
    }
  }
  return found;
}

function theirPart(word: string): Part {
  const [, set = '', range, length = '', checks = ''] = /^\[?([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)$/.exec(word)!;
  const names = checks
    .split(',')
    .filter(Boolean)
    .map((name) => WORDS[name] ?? name);
  return {
    set: set.toLowerCase() as Part['set'],
    least: range ? 1 : Number(length),
    most: Number(length),
    checks: names,
  };
}
