/** What an event must be: as the standard's schema says, and what it cannot say. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardsFile, WITHOUT_STANDARDS } from '#test/standards';
import { isTime, isUri } from './checks.ts';
import { queryDocument, readDocument } from './document.ts';
import type { EpcisEvent, Json, JsonObject } from './event.ts';
import { damage } from './interface-fixture.ts';
import { readJson } from './limits.ts';
import { checkEvent } from './rules.ts';

const BASE: JsonObject = {
  type: 'ObjectEvent',
  eventTime: '2026-03-01T08:00:00+07:00',
  eventTimeZoneOffset: '+07:00',
  action: 'ADD',
  epcList: ['urn:x:1'],
};

describe('an event', () => {
  it.each<[string, JsonObject, string[]]>([
    ['is whole', {}, []],
    ['with extensions', { 'ex:a': 1, 'https://x.vn/b': { c: [1] } }, []],
    ['without a namespace', { farmer: 'A' }, ['/farmer unknown_field']],
    ['without time', { eventTime: undefined as never }, ['/eventTime missing']],
    ['with a day that is none', { eventTime: '2026-02-30T08:00:00Z' }, ['/eventTime time']],
    ['without a zone', { eventTime: '2026-02-28T08:00:00' }, ['/eventTime time']],
    ['with a zone too far', { eventTimeZoneOffset: '+14:30' }, ['/eventTimeZoneOffset offset']],
    ['with a thing twice', { epcList: ['urn:x:1', 'urn:x:1'] }, ['/epcList twice']],
    ['with what is no address', { epcList: ['hello world'] }, ['/epcList/0 uri']],
    [
      'with a URN of the vocabulary',
      { bizStep: 'urn:epcglobal:cbv:bizstep:shipping' },
      ['/bizStep vocabulary'],
    ],
    ['with master data of what is only seen', { action: 'OBSERVE', ilmd: {} }, ['/ilmd ilmd_without_add']],
    ['of nothing', { epcList: undefined as never }, [' nothing_observed']],
    [
      'with a quantity in words',
      { quantityList: [{ epcClass: 'urn:x:1', quantity: 'two' }] },
      ['/quantityList/0/quantity number'],
    ],
    [
      'with a unit of nothing',
      { quantityList: [{ epcClass: 'urn:x:1', uom: 'KGM' }] },
      ['/quantityList/0/uom unit_without_quantity'],
    ],
    [
      'with half a piece',
      { quantityList: [{ epcClass: 'urn:x:1', quantity: 0.5 }] },
      ['/quantityList/0/quantity not_whole'],
    ],
    [
      'with less than nothing',
      { quantityList: [{ epcClass: 'urn:x:1', quantity: -2, uom: 'KGM' }] },
      ['/quantityList/0/quantity not_positive'],
    ],
    ['before the first year', { eventTime: '0001-01-01T00:00:00+07:00' }, ['/eventTime time_range']],
    ['after the last year', { eventTime: '9999-12-31T23:59:59.9995Z' }, ['/eventTime time_range']],
    [
      'with a prefix that stands for a page of text',
      { '@context': { ex: 'x'.repeat(151) } },
      ['/@context namespace'],
    ],
    ['with a hostile name', JSON.parse('{"__proto__":{"a":1}}') as JsonObject, ['/__proto__ unknown_field']],
    [
      'of a family without parent',
      { type: 'AggregationEvent', epcList: undefined as never, childEPCs: ['urn:x:2'] },
      ['/parentID missing'],
    ],
    [
      'of a family without children',
      { type: 'AssociationEvent', epcList: undefined as never, parentID: 'urn:x:2' },
      [' no_children'],
    ],
    [
      'of a transaction without one',
      { type: 'TransactionEvent', bizTransactionList: [] },
      ['/bizTransactionList empty'],
    ],
    [
      'of a transformation of nothing',
      {
        type: 'TransformationEvent',
        action: undefined as never,
        epcList: undefined as never,
        inputEPCList: ['urn:x:2'],
      },
      [' nothing_transformed'],
    ],
    [
      'sensed by two devices at once',
      {
        sensorElementList: [
          {
            sensorMetadata: { deviceID: 'urn:x:1' },
            sensorReport: [{ type: 'Temperature', deviceID: 'urn:x:2' }],
          },
        ],
      },
      ['/sensorElementList/0/sensorReport/0/deviceID sensor_twice'],
    ],
    ['of a type of one’s own', { type: 'https://x.vn/Withering', anything: 1 }, []],
  ])('%s', (_, changes, expected) => {
    const event = Object.fromEntries(
      Object.entries({ ...BASE, ...changes }).filter(([, value]) => value !== undefined),
    );
    if (Object.hasOwn(changes, '__proto__'))
      Object.defineProperty(event, '__proto__', { value: 1, enumerable: true });
    expect(checkEvent(event).map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
  });
});

it('hostile JSON ends early', () => {
  expect(() => readJson('['.repeat(100_000))).toThrow('trace.epcis.too_deep');
  expect(() => readJson('{"a":"[[[[["')).toThrow('trace.epcis.not_json');
  expect(readJson(`{"a":"${'['.repeat(100)}\\""}`)).toEqual({ a: `${'['.repeat(100)}"` });
});

const schemaFile = standardsFile('epcis/EPCIS-JSON-Schema.json');

describe.skipIf(!schemaFile)(
  `the standard’s schema and examples${schemaFile ? '' : WITHOUT_STANDARDS}`,
  () => {
    const folder = schemaFile?.replace(/[^/]+$/, 'examples/') ?? '';
    const examples = schemaFile ? readdirSync(folder) : [];
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const valid = schemaFile
      ? ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object)
      : () => false;
    const documents = examples.map((name) => JSON.parse(readFileSync(folder + name, 'utf8')) as JsonObject);
    const events = documents.flatMap((document) => {
      const read = readDocument(document);
      return read.ok
        ? read.captured.events.map((event) => ({
            event: event as EpcisEvent,
            context: read.captured.context,
          }))
        : [];
    });

    it('all examples are taken, and come out as they went in', () => {
      expect(examples.length).toBe(24);
      for (const document of documents) {
        const read = readDocument(document);
        if (!read.ok) throw new Error(JSON.stringify(read.faults));
        const { context, events: found } = read.captured;
        expect(found.flatMap(checkEvent)).toEqual([]);
        const answer = queryDocument(
          found.map((event) => ({ event: event as EpcisEvent, context })),
          { creationDate: new Date(0) },
        );
        expect(valid(answer)).toBe(true);
        const again = readDocument(answer);
        expect(again.ok && again.captured.events).toEqual(found);
        expect(again.ok && again.captured.context).toEqual(context);
      }
    });

    it('events of documents that mean different things by one prefix keep their own', () => {
      const [one, two] = [{ ex: 'https://a.example/' }, { ex: 'https://b.example/' }];
      const event = { ...BASE, 'ex:a': 'x' } as JsonObject as EpcisEvent;
      const answer = queryDocument(
        [
          { event, context: [one] },
          { event, context: [two] },
        ],
        { creationDate: new Date(0) },
      );
      expect(valid(answer)).toBe(true);
      expect(answer['@context']).toEqual([expect.any(String), one]);
      expect(JSON.stringify(answer)).toContain(
        '"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://b.example/"}]',
      );
    });

    it('say the same of events damaged anywhere, but where we know more', () => {
      const values = fc.constantFrom<Json>(
        null,
        1,
        -1.5,
        true,
        '',
        'x',
        'urn:x:1',
        'ADD',
        'DELETE',
        'shipping',
        [],
        ['a'],
        ['urn:x:1'],
        {},
        { id: 'urn:x:1' },
        '2026-03-01T08:00:00Z',
        '+07:00',
        [{}],
      );
      const OURS = new Set(
        'sensor_twice missing no_children too_many unit_without_quantity not_whole not_positive'.split(' '),
      );
      fc.assert(
        fc.property(
          fc.constantFrom(...events),
          fc.nat(400),
          values,
          fc.boolean(),
          ({ event, context }, spot, value, remove) => {
            const damaged = structuredClone(event);
            damage(damaged, spot, value, remove);
            const ours = checkEvent(damaged);
            const schema = valid({
              '@context': context,
              type: 'EPCISDocument',
              schemaVersion: '2.0',
              creationDate: '2026-03-01T08:00:00Z',
              epcisBody: { eventList: [damaged] },
            });
            if (ours.length === 0) expect(schema, JSON.stringify(damaged)).toBe(true);
            else if (schema)
              expect(
                ours.filter(({ code }) => !OURS.has(code)),
                JSON.stringify(damaged),
              ).toEqual([]);
          },
        ),
        { numRuns: Number(process.env.FUZZ_RUNS ?? 6_000) },
      );
    });

    it('addresses and times are those of the schema’s formats, but for spellings that RFC 3339 does not know', () => {
      const [asUri, asTime] = [
        ajv.compile({ type: 'string', format: 'uri' }),
        ajv.compile({ type: 'string', format: 'date-time' }),
      ];
      const parts = fc.array(
        fc.constantFrom(
          'urn',
          'https',
          ':',
          '/',
          '//',
          'a',
          '1',
          '?',
          '#',
          '%20',
          '%',
          '[',
          ']',
          '@',
          ' ',
          'é',
          '<',
          '::1',
        ),
        { maxLength: 9 },
      );
      fc.assert(
        fc.property(parts, (some) => {
          expect(isUri(some.join('')) && !asUri(some.join('')), some.join('')).toBe(false);
        }),
        { numRuns: 5_000 },
      );
      for (const good of [
        'urn:epc:id:sgtin:1.2.3',
        'https://[::1]:80/a?b#c',
        'ex:Field',
        'ni:///sha-256;ab?ver=CBV2.0',
        'geo:1.5,-2',
        'a:b%20c',
      ])
        expect([isUri(good), asUri(good)], good).toEqual([true, true]);
      for (const [moment, good] of [
        ['2026-02-28T23:59:60Z', true],
        ['2026-02-28T23:59:60+07:00', false],
        ['2026-13-01T00:00:00Z', false],
        ['2024-02-29T00:00:00.123456789-05:30', true],
      ] as const)
        expect([isTime(moment), asTime(moment)], moment).toEqual([good, good]);
    });
  },
);
