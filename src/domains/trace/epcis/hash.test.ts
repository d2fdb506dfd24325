/** The event hash: the published vectors, and that it depends on what happened alone, not on how it is spelled. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardsFile, WITHOUT_STANDARDS } from '#test/standards';
import { readDocument } from './document.ts';
import type { EpcisEvent, Json, JsonObject } from './event.ts';
import { hashEvent, preHash } from './hash.ts';
import { canonicalNumber, canonicalTime } from './values.ts';

const FOLDER = standardsFile('epcis/event-hash/TimeStampRoundOff.jsonld')?.replace(/[^/]+$/, '');
const DOCUMENTS = [
  'ReferenceEventHashAlgorithm',
  'TimeStampRoundOff',
  'epcisDocWithAllGS1Keys',
  'epcisDocWithDefaultSchemaInContext',
  'epcisDocWithSingleEvent',
  'epcisDocWithVariousEventTypes',
];

describe.skipIf(!FOLDER)(`the published vectors${FOLDER ? '' : WITHOUT_STANDARDS}`, () => {
  it.each(DOCUMENTS)('%s', (name) => {
    const read = readDocument(JSON.parse(readFileSync(`${FOLDER}${name}.jsonld`, 'utf8')) as Json);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const { context, events } = read.captured;
    const lines = (ending: string) => readFileSync(`${FOLDER}${name}.${ending}`, 'utf8').trim().split('\n');
    const hashes = events.map((event) => hashEvent({ event: event as EpcisEvent, context }));
    const texts = events.map((event) => preHash({ event: event as EpcisEvent, context }));
    expect(texts.length).toBe(lines('hashes').length);
    // Two of the published texts are damaged; the hashes beside them are whole and judge.
    texts.forEach((text, at) => {
      const published = lines('prehashes')[at]!;
      if (hashes[at] !== lines('hashes')[at]) expect(text).toBe(published);
    });
    expect(hashes).toEqual(lines('hashes'));
  });
});

const CONTEXT: Json[] = [{ ex: 'https://ns.example.com/' }];
const EVENT: EpcisEvent = {
  type: 'ObjectEvent',
  eventTime: '2026-03-01T08:00:00.000+07:00',
  eventTimeZoneOffset: '+07:00',
  action: 'ADD',
  epcList: ['urn:epc:id:sgtin:8938500.000001.A1', 'https://id.gs1.org/01/08938500000010/21/B2'],
  quantityList: [
    { epcClass: 'urn:epc:class:lgtin:8938500.000001.CHE-01', quantity: 12.5, uom: 'KGM' },
    { epcClass: 'urn:epc:idpat:sgtin:8938500.000001.*', quantity: 3 },
  ],
  bizStep: 'commissioning',
  disposition: 'active',
  readPoint: { id: 'urn:epc:id:sgln:8938500.00001.0', 'ex:gate': 'A' },
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:8938500000010:1' }],
  ilmd: { 'ex:harvest': '2026-02-27', 'cbvmda:lotNumber': 'CHE-01' },
  'ex:list': ['b', 'a', 'a'],
  'ex:nested': { 'ex:one': '1', 'ex:two': { 'ex:three': '3' } },
};

function hashOf(event: JsonObject, context: readonly Json[] = CONTEXT): string {
  return hashEvent({ event: event as EpcisEvent, context });
}

describe('the same event', () => {
  it.each<[string, JsonObject, Json[]?]>([
    ['in another time zone and precision', { eventTime: '2026-03-01T01:00:00Z' }],
    [
      'with links on another host',
      {
        epcList: [
          'https://tuc-tranh.example/a/01/08938500000010/21/B2?17=271231',
          'https://x.vn/gtin/8938500000010/lot/L/ser/A1',
        ],
      },
    ],
    [
      'with other words of the vocabulary',
      { bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning', disposition: 'cbv:Disp-active' },
    ],
    [
      'with URNs of the vocabulary',
      { bizStep: 'urn:epcglobal:cbv:bizstep:commissioning', disposition: 'urn:epcglobal:cbv:disp:active' },
    ],
    [
      'with its own id, record time and error declaration',
      {
        eventID: 'urn:uuid:1',
        recordTime: '2026-03-02T00:00:00Z',
        errorDeclaration: { declarationTime: '2026-03-02T00:00:00Z' },
      },
    ],
    ['with spaces around its values', { bizStep: ' commissioning ', 'ex:list': [' a', 'b ', 'a'] }],
    [
      'with other prefixes',
      {
        'ex:list': undefined as never,
        'ex:nested': undefined as never,
        'other:list': ['a', 'b', 'a'],
        'other:nested': { 'other:two': { 'other:three': '3' }, 'other:one': '1.0' },
      },
      [...CONTEXT, { other: 'https://ns.example.com/' }],
    ],
    ['with whole names', { 'ex:list': undefined as never, 'https://ns.example.com/list': ['a', 'b', 'a'] }],
    ['with a remark', { 'rdfs:comment': 'seen by nobody' }],
  ])('%s has the same hash', (_, changes, context) => {
    const changed = Object.fromEntries(
      Object.entries({ ...EVENT, ...changes }).filter(([, value]) => value !== undefined),
    );
    expect(preHash({ event: changed as EpcisEvent, context: context ?? CONTEXT })).toBe(
      preHash({ event: EVENT, context: CONTEXT }),
    );
  });

  it('in any order of its names and lists', () => {
    const shuffled = (value: Json, seed: number): Json => {
      if (Array.isArray(value))
        return value.map((one) => shuffled(one, seed)).sort(() => (seed++ % 2 === 0 ? 1 : -1));
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([name, one]) => [name, shuffled(one, seed)] as const);
      return Object.fromEntries(
        entries.sort(([a], [b]) => (((a + seed).length * seed) % 7) - (((b + seed).length * seed) % 5)),
      );
    };
    fc.assert(
      fc.property(fc.nat(10_000), (seed) => {
        expect(hashOf(shuffled(EVENT, seed) as JsonObject)).toBe(hashOf(EVENT));
      }),
      { numRuns: 200 },
    );
  });

  it('is another when anything of it changes, also how often a list says something', () => {
    for (const changes of [
      { action: 'OBSERVE' },
      { 'ex:list': ['b', 'a'] },
      { quantityList: [] },
      { bizStep: 'packing' },
      { eventTimeZoneOffset: '+08:00' },
    ])
      expect(hashOf({ ...EVENT, ...changes } as unknown as JsonObject)).not.toBe(hashOf(EVENT));
  });
});

it.each([
  [1e21, '1000000000000000000000'],
  [1e-7, '0.0000001'],
  [-0, '0'],
  [12.5, '12.5'],
  ['25.0', '25'],
  ['+007.10', '7.1'],
  ['-0.0', '0'],
  ['111100001111000011110000', '111100001111000011110000'],
  ['1e5', '1e5'],
  ['12-3', '12-3'],
])('the number %s is written %s', (value, expected) => expect(canonicalNumber(value)).toBe(expected));

it.each([
  ['2026-12-31T23:59:59.9995+00:00', '2027-01-01T00:00:00.000Z'],
  ['2026-02-28T23:30:00-07:00', '2026-03-01T06:30:00.000Z'],
  ['2020-01-01T00:00:00.12349Z', '2020-01-01T00:00:00.123Z'],
  ['no time', 'no time'],
])('the moment %s is written %s', (text, expected) => expect(canonicalTime(text)).toBe(expected));
