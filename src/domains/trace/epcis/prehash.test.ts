/**
 * The text that is hashed, written out by hand from CBV 2.0, section 8.9: what stands where, in which spelling. Where
 * the published vectors decide (see hash.ts) they are followed.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit } from '../digital-link/check-digit.ts';
import type { EpcisEvent, Json, JsonObject } from './event.ts';
import { anyEvent, CONTEXT } from './event-fixture.ts';
import { hashEvent, preHash } from './hash.ts';

const WHEN = {
  eventTime: '2026-03-01T08:00:00.5+07:00',
  eventTimeZoneOffset: '+07:00',
};
const HEAD = 'eventTime=2026-03-01T01:00:00.500ZeventTimeZoneOffset=+07:00';
const CBV = 'https://ref.gs1.org/cbv';
const GS1 = 'https://id.gs1.org';
const NAMES: Json[] = [{ ex: 'https://ns.example.com/' }];

/** Type and fields of an event → what follows its head. */
const VECTORS: readonly (readonly [what: string, type: string, fields: JsonObject, text: string])[] = [
  [
    'things and classes, sorted, under the name of their list',
    'ObjectEvent',
    {
      action: 'ADD',
      quantityList: [
        { epcClass: 'urn:epc:class:lgtin:4012345.012345.L-2', quantity: 10.5, uom: 'KGM' },
        { epcClass: 'urn:epc:idpat:sgtin:4012345.012345.*', quantity: 3 },
        { epcClass: 'urn:epc:class:lgtin:4012345.012345.L-1' },
      ],
      epcList: ['urn:epc:id:sgtin:4012345.012345.B', 'urn:epc:id:sgtin:4012345.012345.A'],
    },
    `epcListepc=${GS1}/01/04012345123456/21/Aepc=${GS1}/01/04012345123456/21/B` +
      `quantityListquantityElementepcClass=${GS1}/01/04012345123456/10/L-1` +
      `quantityElementepcClass=${GS1}/01/04012345123456/10/L-2quantity=10.5uom=KGM` +
      `quantityElementepcClass=${GS1}/01/04012345123456quantity=3action=ADD`,
  ],
  [
    'parent and children of an aggregation',
    'AggregationEvent',
    {
      action: 'DELETE',
      childQuantityList: [{ epcClass: 'urn:x:1', quantity: 2 }],
      childEPCs: ['urn:x:2'],
      parentID: 'urn:epc:id:sscc:4012345.0000000333',
      bizStep: 'unpacking',
    },
    `parentID=${GS1}/00/040123450000003338childEPCsepc=urn:x:2childQuantityListquantityElement` +
      `epcClass=urn:x:1quantity=2action=DELETEbizStep=${CBV}/BizStep-unpacking`,
  ],
  [
    'what a transformation takes and gives, and its id before the step',
    'TransformationEvent',
    {
      transformationID: 'urn:epc:id:gdti:4012345.55555.98',
      outputQuantityList: [{ epcClass: 'urn:x:3', quantity: 1 }],
      inputQuantityList: [{ epcClass: 'urn:x:2', quantity: 5, uom: 'KGM' }],
      outputEPCList: ['urn:x:4'],
      inputEPCList: ['urn:x:1'],
      bizStep: 'commissioning',
      disposition: 'active',
    },
    'inputEPCListepc=urn:x:1inputQuantityListquantityElementepcClass=urn:x:2quantity=5uom=KGM' +
      'outputEPCListepc=urn:x:4outputQuantityListquantityElementepcClass=urn:x:3quantity=1' +
      `transformationID=${GS1}/253/401234555555498bizStep=${CBV}/BizStep-commissioningdisposition=${CBV}/Disp-active`,
  ],
  [
    'dispositions that last',
    'ObjectEvent',
    {
      action: 'OBSERVE',
      epcList: ['urn:x:1'],
      persistentDisposition: { unset: ['recalled'], set: ['completeness_verified', 'cbv:Disp-active'] },
    },
    `epcListepc=urn:x:1action=OBSERVEpersistentDispositionset=${CBV}/Disp-activeset=${CBV}/Disp-completeness_verified` +
      `unset=${CBV}/Disp-recalled`,
  ],
  [
    'places with what else is said of them',
    'ObjectEvent',
    {
      action: 'OBSERVE',
      epcList: [],
      bizLocation: { id: 'https://x.vn/a/414/4012345000115/254/987?x=1#y', 'ex:gate': 'B' },
      readPoint: { 'ex:gate': ' A ', id: 'urn:epc:id:sgln:4012345.00011.0' },
    },
    `action=OBSERVEreadPointid=${GS1}/414/4012345000115{https://ns.example.com/}gate=A` +
      `bizLocationid=${GS1}/414/4012345000115/254/987{https://ns.example.com/}gate=B`,
  ],
  [
    'transactions and parties: the type first, without one the value alone',
    'TransactionEvent',
    {
      action: 'ADD',
      epcList: ['urn:x:1'],
      bizTransactionList: [
        { bizTransaction: 'urn:x:b' },
        { type: 'urn:epcglobal:cbv:btt:po', bizTransaction: 'urn:x:a' },
      ],
      sourceList: [{ source: 'urn:epc:id:pgln:4012345.00011', type: 'owning_party' }],
      destinationList: [{ type: 'location', destination: 'urn:epc:id:sgln:4012345.00011.0' }],
    },
    `epcListepc=urn:x:1action=ADDbizTransactionListbizTransaction=urn:x:btype=${CBV}/BTT-pobizTransaction=urn:x:a` +
      `destinationListtype=${CBV}/SDT-locationdestination=${GS1}/414/4012345000115` +
      `sourceListtype=${CBV}/SDT-owning_partysource=${GS1}/417/4012345000115`,
  ],
  [
    'what was measured, each report by itself, extensions last in their place',
    'ObjectEvent',
    {
      action: 'OBSERVE',
      epcList: [],
      sensorElementList: [
        {
          'ex:ward': 7,
          sensorReport: [
            { value: 26, uom: 'CEL', type: 'Temperature', 'ex:depth': '1.50', time: '2026-03-01T00:00:00Z' },
            { type: 'Angle', component: 'latitude', value: 1e-7, booleanValue: true, sDev: 0.1 },
          ],
          sensorMetadata: {
            bizRules: 'urn:epc:id:gdti:4012345.55555.98',
            deviceID: 'urn:epc:id:giai:4012345.D1',
            startTime: '2026-03-01T07:00:00+07:00',
          },
        },
      ],
    },
    `action=OBSERVEsensorElementListsensorElementsensorMetadatastartTime=2026-03-01T00:00:00.000Z` +
      `deviceID=${GS1}/8004/4012345D1bizRules=${GS1}/253/401234555555498` +
      `sensorReporttype=https://gs1.org/voc/Anglevalue=0.0000001component=${CBV}/Comp-latitudebooleanValue=truesDev=0.1` +
      `sensorReporttype=https://gs1.org/voc/Temperaturetime=2026-03-01T00:00:00.000Zvalue=26uom=CEL` +
      `{https://ns.example.com/}depth=1.5{https://ns.example.com/}ward=7`,
  ],
  [
    'master data and extensions, sorted at every depth, remarks left out',
    'ObjectEvent',
    {
      action: 'ADD',
      epcList: [],
      ilmd: { 'ex:b': { 'ex:d': '2', 'ex:c': ['y', 'x'] }, 'cbvmda:lotNumber': '0042' },
      'ex:z': 'ex:Ripe',
      'ex:a': [{ 'ex:q': 1 }, { 'ex:p': 2 }],
      'rdfs:comment': 'nobody reads this',
      'https://ns.example.com/m': false,
    },
    'action=ADDilmd{https://ns.example.com/}b{https://ns.example.com/}c=x{https://ns.example.com/}c=y' +
      '{https://ns.example.com/}d=2{urn:epcglobal:cbv:mda:}lotNumber=42' +
      '{https://ns.example.com/}a{https://ns.example.com/}p=2{https://ns.example.com/}a{https://ns.example.com/}q=1' +
      '{https://ns.example.com/}m=false{https://ns.example.com/}z=https://ns.example.com/Ripe',
  ],
  [
    'certificates behind the time zone; ids, record times and declarations nowhere',
    'AssociationEvent',
    {
      eventID: 'urn:uuid:1',
      recordTime: '2026-03-02T00:00:00Z',
      errorDeclaration: { declarationTime: '2026-03-02T00:00:00Z', reason: 'incorrect_data' },
      certificationInfo: ['urn:x:c2', 'urn:x:c1'],
      action: 'ADD',
      parentID: 'urn:epc:id:sgln:4012345.00011.0',
      childEPCs: ['urn:epc:id:giai:4012345.D1'],
    },
    `certificationInfo=urn:x:c1certificationInfo=urn:x:c2parentID=${GS1}/414/4012345000115` +
      `childEPCsepc=${GS1}/8004/4012345D1action=ADD`,
  ],
];

describe('the text that is hashed has', () => {
  it.each(VECTORS)('%s', (_, type, fields, text) => {
    const event = { type, ...fields, ...WHEN } as unknown as EpcisEvent;
    const certificates = /^(?:certificationInfo=urn:x:c\d)*/.exec(text)![0];
    expect(preHash({ event, context: NAMES })).toBe(
      `eventType=${type}${HEAD}${certificates}${text.slice(certificates.length)}`,
    );
  });
});

/** Every member of an object or list in another order. */
function shuffled(value: Json, next: () => number): Json {
  if (Array.isArray(value)) return mixed(value, next).map((one) => shuffled(one, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    mixed(Object.entries(value), next).map(([name, one]) => [name, shuffled(one, next)]),
  );
}

function mixed<T>(list: readonly T[], next: () => number): T[] {
  return list
    .map((one) => ({ one, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** The same names under other prefixes: `ex:` becomes `renamed:` wherever it begins a name or a value. */
function renamed(value: Json): Json {
  const rename = (text: string) => text.replace(/^ex:/, 'renamed:');
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [rename(name), renamed(one)]));
}

describe('an event of any kind has one hash', () => {
  it('in any order of its names and lists, with other prefixes, with what says nothing of it', () => {
    fc.assert(
      fc.property(anyEvent, fc.infiniteStream(fc.nat(1_000)), (event, numbers) => {
        const hash = hashEvent({ event, context: CONTEXT });
        const next = () => numbers.next().value as number;
        const same = (other: Json, context: readonly Json[] = CONTEXT) =>
          expect(hashEvent({ event: other as EpcisEvent, context })).toBe(hash);
        same(shuffled(event, next));
        same(renamed(event), [...CONTEXT, { renamed: 'https://ns.example.com/' }]);
        same({ ...event, eventID: 'urn:uuid:2', recordTime: '2026-01-01T00:00:00Z', 'rdfs:comment': 'x' });
        same(JSON.parse(JSON.stringify({ ...event, '@context': CONTEXT })) as Json, []);
      }),
      { numRuns: 500 },
    );
  });

  it('whether its things are URNs or links on any host, with attributes or without', () => {
    const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
    fc.assert(
      fc.property(
        digits(13),
        fc.integer({ min: 6, max: 12 }),
        digits(4),
        fc.constantFrom('', '?17=271231', '/'),
        (body, length, serial, end) => {
          const gtin = body + checkDigit(body);
          const [prefix, reference] = [body.slice(1, 1 + length), body[0]! + body.slice(1 + length)];
          const gln = body.slice(1) + checkDigit(body.slice(1));
          const hashOf = (things: readonly string[], place: string) =>
            hashEvent({
              event: {
                type: 'ObjectEvent',
                ...WHEN,
                action: 'OBSERVE',
                epcList: [...things],
                readPoint: { id: place },
              },
              context: [],
            });
          const urns = hashOf(
            [
              `urn:epc:id:sgtin:${prefix}.${reference}.S${serial}`,
              `urn:epc:class:lgtin:${prefix}.${reference}.${serial}`,
            ],
            `urn:epc:id:sgln:${body.slice(1, 1 + length)}.${body.slice(1 + length)}.0`,
          );
          const links = hashOf(
            [
              `http://x.vn/a/01/${gtin}/10/any/21/S${serial}${end}`,
              `https://id.gs1.org/01/${gtin}/10/${serial}`,
            ],
            `https://tuc-tranh.example/414/${gln}${end}`,
          );
          expect(links).toBe(urns);
        },
      ),
    );
  });
});
