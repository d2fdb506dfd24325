/** Digital Links: every application identifier, order, check digits, percent signs; odd addresses (a million in fuzz.test.ts). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit, checkPair, hasCheckDigit } from './check-digit.ts';
import { fullYear, lastDayOf, readDate } from './dates.ts';
import { buildDigitalLink, readDigitalLink } from './digital-link.ts';
import { canonicalUri } from './link.ts';
import { linkOfUrn, urnOfLink } from './epc-urn.ts';

/** The keys that the tests say by name. */
const GTIN = '08938500000010';

function canonical(uri: string): string {
  const read = readDigitalLink(uri);
  return read.ok ? canonicalUri(read.link) : `${read.fault.code}@${read.fault.position}`;
}

describe('a Digital Link', () => {
  it.each([
    [`https://id.gs1.org/01/${GTIN}`, `https://id.gs1.org/01/${GTIN}`],
    [`http://tuc-tranh.example/a/b/01/${GTIN}/10/L1/21/S1`, `https://id.gs1.org/01/${GTIN}/10/L1/21/S1`],
    [`https://x.vn/01/${GTIN}?17=271231&11=270101`, `https://id.gs1.org/01/${GTIN}?11=270101&17=271231`],
    [`https://x.vn/01/${GTIN}?240=a;b&linkType=all`, `https://id.gs1.org/01/${GTIN}?240=a%3Bb`],
    [
      'https://x.vn/00/052000011111111461?02=08938500000010&37=12',
      'https://id.gs1.org/00/052000011111111461?02=08938500000010&37=12',
    ],
    [`https://x.vn/01/${GTIN}/21/a%2Fb%25`, `https://id.gs1.org/01/${GTIN}/21/a%2Fb%25`],
    [`https://x.vn/01/${GTIN}/21/a(b)!`, `https://id.gs1.org/01/${GTIN}/21/a%28b%29%21`],
    [`https://x.vn/01/${GTIN}/?linkType=gs1:pip#top`, `https://id.gs1.org/01/${GTIN}`],
    ['https://x.vn/414/4012345000115/254/987', 'https://id.gs1.org/414/4012345000115/254/987'],
    ['https://x.vn/8003/0401234566666387', 'https://id.gs1.org/8003/0401234566666387'],
  ])('%s', (uri, expected) => expect(canonical(uri)).toBe(expected));

  it.each([
    ['nothing', 'digital_link.not_web@0'],
    ['ftp://x.vn/01/08938500000010', 'digital_link.not_web@0'],
    ['https://x.vn/01/08938500000011', 'digital_link.value.check@16'],
    ['https://x.vn/01/0893850000001', 'digital_link.value.too_short@29'],
    // As earlier versions of the standard had it, and other forms.
    ['https://x.vn/01/8938500000010', 'digital_link.value.too_short@29'],
    [`https://x.vn/gtin/${GTIN}`, 'digital_link.no_key@13'],
    [`https://x.vn/01/${GTIN}/lot/A`, 'digital_link.no_key@31'],
    [`https://x.vn/GTIN/${GTIN}`, 'digital_link.no_key@13'],
    ['https://x.vn/q/ARHKVAdpQg3mCg7ZxQ', 'digital_link.compressed@13'],
    [`https://x.vn/01/${GTIN}/21/a"b`, 'digital_link.character@35'],
    [`https://xứ.vn/01/${GTIN}`, 'digital_link.character@9'],
    // What stands behind the question mark, and what may stand together.
    [`https://x.vn/01/${GTIN}?10=L`, 'digital_link.belongs_in_path@31'],
    [`https://x.vn/01/${GTIN}/21/S?99=x&10=L`, 'digital_link.belongs_in_path@41'],
    ['https://x.vn/414/4012345000115?7040=1ABC', 'digital_link.not_an_attribute@31'],
    [`https://x.vn/01/${GTIN}?37=5`, 'digital_link.excludes@13'],
    [`https://x.vn/01/${GTIN}?3103=000500&3102=000500`, 'digital_link.excludes@31'],
    [`https://x.vn/01/${GTIN}?3922=1500`, 'digital_link.needs@31'],
    ['https://x.vn/414/4012345000115?17=271231', 'digital_link.needs@31'],
    ['https://x.vn/415/4012345000115', 'digital_link.needs@13'],
    ['https://x.vn/hello/world', 'digital_link.no_key@13'],
    [`https://x.vn/01/${GTIN}/21/S/10/L`, 'digital_link.order@36'],
    [`https://x.vn/01/${GTIN}/21/S/235/T`, 'digital_link.order@36'],
    [`https://x.vn/10/L/01/${GTIN}`, 'digital_link.order@13'],
    [`https://x.vn/01/${GTIN}/10/L/10/L`, 'digital_link.order@36'],
    [`https://x.vn/01/${GTIN}/21/`, 'digital_link.value.too_short@34'],
    [`https://x.vn/01/${GTIN}/21/%`, 'digital_link.percent@34'],
    [`https://x.vn/01/${GTIN}/21/%C4%91`, 'digital_link.value.character@34'],
    [`https://x.vn/01/${GTIN}?17=271331`, 'digital_link.value.day0@34'],
    [`https://x.vn/01/${GTIN}?21=S`, 'digital_link.not_an_attribute@31'],
    [`https://x.vn/01/${GTIN}?17=270101&17=270101`, 'digital_link.repeated@41'],
    [`https://x.vn/01/${GTIN}?18=270101`, 'digital_link.unknown@31'],
  ])('is not %s', (uri, expected) => expect(canonical(uri)).toBe(expected));

  it('of an earlier version of the standard is read where a printed label is answered', () => {
    const older = (uri: string) => {
      const read = readDigitalLink(uri, { older: true });
      return read.ok ? canonicalUri(read.link) : read.fault.code;
    };
    expect(older('https://x.vn/gtin/8938500000010/lot/A?37=5')).toBe(
      `https://id.gs1.org/01/${GTIN}/10/A?37=5`,
    );
    expect(older('https://x.vn/01/95200002')).toBe('https://id.gs1.org/01/00000095200002');
    expect(older('https://x.vn/gtin/8938500000011')).toBe('digital_link.value.check');
  });

  it('is built from elements in any order', () => {
    const built = buildDigitalLink(
      [
        { ai: '21', value: 'S/1' },
        { ai: '01', value: '8938500000010' },
        { ai: '17', value: '271200' },
        { ai: '10', value: 'CHE-01' },
      ],
      'https://tuc-tranh.example',
    );
    expect(built).toMatchObject({
      ok: true,
      uri: `https://tuc-tranh.example/01/${GTIN}/10/CHE-01/21/S%2F1?17=271200`,
    });
    expect(buildDigitalLink([{ ai: '10', value: 'A' }])).toMatchObject({ ok: false });
  });
});

describe('dates and check digits', () => {
  it('follow the century that is near, and the month without a day', () => {
    expect([fullYear(77, 2026), fullYear(76, 2026), fullYear(1, 2051), fullYear(0, 2051)]).toEqual([
      1977, 2076, 2101, 2100,
    ]);
    expect(readDate('270200', 2026)).toBe('2027-02');
    expect(lastDayOf('2028-02')).toBe('2028-02-29');
    expect(readDate('270230', 2026)).toBeNull();
  });

  it('are those of the standard’s examples', () => {
    expect(checkDigit('893850000001')).toBe('0');
    expect(checkPair('1987654Ad4X4bL5ttr2310c')).toBe('2K');
    expect(hasCheckDigit('08938500000011')).toBe(false);
  });
});

describe('a URN and a link of the same thing', () => {
  const PAIRS = [
    ['urn:epc:id:sgtin:4012345.012345.12', '/01/04012345123456/21/12'],
    ['urn:epc:id:sscc:4012345.0000000333', '/00/040123450000003338'],
    ['urn:epc:id:sgln:4012345.00011.987', '/414/4012345000115/254/987'],
    ['urn:epc:id:sgln:4012345.00011.0', '/414/4012345000115'],
    ['urn:epc:id:pgln:4012345.00011', '/417/4012345000115'],
    ['urn:epc:id:grai:4012345.66666.87', '/8003/0401234566666387'],
    ['urn:epc:id:giai:4012345.AAbb', '/8004/4012345AAbb'],
    ['urn:epc:id:gsrn:4012345.9876540000', '/8018/401234598765400000'],
    ['urn:epc:id:gsrnp:4012345.0000098765', '/8017/401234500000987658'],
    ['urn:epc:id:gdti:4012345.55555.98', '/253/401234555555498'],
    ['urn:epc:id:cpi:4012345.ABC.123', '/8010/4012345ABC/8011/123'],
    ['urn:epc:id:sgcn:4012345.99999.44', '/255/401234599999044'],
    ['urn:epc:id:ginc:4012345.333', '/401/4012345333'],
    ['urn:epc:id:gsin:4012345.999987654', '/402/40123459999876541'],
    ['urn:epc:id:itip:4012345.012345.01.02.999', '/8006/040123451234560102/21/999'],
    ['urn:epc:id:upui:4012345.012345.AB12', '/01/04012345123456/235/AB12'],
    ['urn:epc:class:lgtin:4054739.099914.20160711', '/01/04054739999148/10/20160711'],
    ['urn:epc:idpat:sgtin:4054739.099914.*', '/01/04054739999148'],
    ['urn:epc:idpat:grai:4012345.66666.*', '/8003/04012345666663'],
    ['urn:epc:idpat:itip:4012345.012345.01.02.*', '/8006/040123451234560102'],
    ['urn:epc:id:sgtin:4012345.012345.a%2Fb', '/01/04012345123456/21/a%2Fb'],
  ] as const;

  it.each(PAIRS)('%s', (urn, path) => {
    expect(linkOfUrn(urn)).toBe(`https://id.gs1.org${path}`);
    const read = readDigitalLink(`https://x.vn${path}`);
    expect(read.ok && urnOfLink(read.link, 7)).toBe(urn);
  });

  it.each([
    'urn:epc:id:sgtin:4012345.01234.12',
    'urn:epc:id:sscc:4012345.00',
    'urn:epc:id:sgtin:4012345.012345.',
    'urn:uuid:1',
    'urn:epc:id:what:1.2.3',
  ])('is none of %s', (urn) => expect(linkOfUrn(urn)).toBeNull());
});

describe('odd addresses', () => {
  const runs = 20_000;
  const piece = fc.oneof(
    fc.constantFrom(
      '01',
      '00',
      '10',
      '21',
      '22',
      '235',
      '254',
      '414',
      '8006',
      '8010',
      '8011',
      '253',
      '8003',
      'gtin',
      'lot',
      '',
      '..',
      '%',
      '%00',
      '%2F',
    ),
    fc.constantFrom(
      GTIN,
      '8938500000010',
      '08938500000011',
      '4012345000115',
      '340123450000000000',
      'S1',
      'a/b',
      '40123451234560102',
      'ABC',
    ),
    fc.string({ maxLength: 25 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const address = fc
    .tuple(
      fc.constantFrom('https://x.vn/', 'https://id.gs1.org/', 'http://a/b/c/', ''),
      fc.array(piece, { maxLength: 8 }),
      fc.array(piece, { maxLength: 4 }),
    )
    .map(([stem, path, query]) => stem + path.join('/') + (query.length > 0 ? `?${query.join('=')}` : ''));

  it(`neither break the reader nor pass with a wrong digit or order (${runs} runs)`, () => {
    fc.assert(
      fc.property(address, (uri) => {
        const read = readDigitalLink(uri);
        if (!read.ok) {
          expect(read.fault.position).toBeLessThanOrEqual(uri.length);
          return;
        }
        const { key, qualifiers } = read.link;
        const digits = {
          '00': 18,
          '01': 14,
          '253': 13,
          '255': 13,
          '402': 17,
          '414': 13,
          '415': 13,
          '417': 13,
          '8006': 14,
          '8017': 18,
          '8018': 18,
        }[key.ai];
        if (digits) expect(slowCheck(key.value.slice(0, digits))).toBe(true);
        if (key.ai === '8003') expect(slowCheck(key.value.slice(0, 14))).toBe(true);
        const order = qualifiers.map(({ ai }) => ai).join(' ');
        expect(order).toMatch(/^(?:(?:22 ?)?(?:10 ?)?(?:21)?|235|254|7040|8011|8019|8020)$/);
        const again = readDigitalLink(canonicalUri(read.link));
        expect(again.ok && canonicalUri(again.link)).toBe(canonicalUri(read.link));
      }),
      { numRuns: runs },
    );
  });
});

/** The check digit computed another way: from the left, over the number filled up to 18 digits. */
function slowCheck(digits: string): boolean {
  const sum = [...digits.padStart(18, '0')].reduce(
    (total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1),
    0,
  );
  return sum % 10 === 0;
}
