/** What stands around the events: as the standard's schema says, and what a stranger may do with prefixes and years. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardsFile, WITHOUT_STANDARDS } from '#test/standards';
import { readDocument } from './document.ts';
import { EPCIS_CONTEXT, type Json, type JsonObject } from './event.ts';
import { BASE, damage, document, eventsOf, useInterface } from './interface-fixture.ts';
import { checkEvent } from './rules.ts';

const EVENT = { ...BASE, epcList: ['urn:x:1'] };
const VOCABULARIES = [
  {
    type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
    vocabularyElementList: [
      {
        id: 'urn:epc:id:sgln:8938500.00001.0',
        attributes: [
          { id: 'cbvmda:city', attribute: 'Tức Tranh' },
          { id: 'ex:area', attribute: 12 },
        ],
        children: ['urn:epc:id:sgln:8938500.00001.1'],
      },
    ],
  },
];
const DOCUMENT = document([EVENT], {
  id: 'urn:x:document',
  instanceIdentifier: '1',
  sender: 'a',
  receiver: 'b',
  'ex:more': 1,
  epcisHeader: { epcisMasterData: { vocabularyList: VOCABULARIES }, 'ex:header': {} },
});
const ANSWER: JsonObject = {
  '@context': [EPCIS_CONTEXT, { ex: 'https://ns.example.com/' }],
  id: 'urn:x:answer',
  type: 'EPCISQueryDocument',
  schemaVersion: '2.0',
  creationDate: '2026-03-01T00:00:00Z',
  epcisBody: {
    queryResults: {
      queryName: 'all',
      subscriptionID: '1',
      resultsBody: { eventList: [EVENT], vocabularyList: VOCABULARIES },
    },
  },
};
const SINGLE: JsonObject = { '@context': EPCIS_CONTEXT, ...EVENT };

const schemaFile = standardsFile('epcis/EPCIS-JSON-Schema.json');

describe.skipIf(!schemaFile)(`the standard’s schema${schemaFile ? '' : WITHOUT_STANDARDS}`, () => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const valid = schemaFile
    ? ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object)
    : () => false;

  it('says the same of documents damaged anywhere', () => {
    const values = fc.constantFrom<Json>(
      null,
      1,
      'x',
      '2.0',
      'urn:x:1',
      '2026-03-01T00:00:00Z',
      [],
      ['urn:x:1'],
      {},
      { 'ex:a': 1 },
      { a: 1 },
      [{}],
    );
    const added = fc.constantFrom(undefined, 'strange', 'ex:extension', 'epcisHeader', 'sender');
    fc.assert(
      fc.property(
        fc.constantFrom(DOCUMENT, ANSWER, SINGLE),
        fc.nat(45),
        values,
        fc.boolean(),
        added,
        (sent, spot, value, remove, name) => {
          const damaged = structuredClone(sent);
          damage(damaged, spot, value, remove);
          if (name !== undefined) damaged[name] = value;
          const read = readDocument(damaged);
          const fine = read.ok && read.captured.events.every((one) => checkEvent(one).length === 0);
          expect(fine, `${JSON.stringify(damaged)} ${JSON.stringify(read)}`).toBe(valid(damaged));
        },
      ),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 6_000) },
    );
  });
});

it.each<[string, JsonObject, string]>([
  ['of a type that every object has', { ...DOCUMENT, type: 'constructor' }, ''],
  ['without a body', { ...DOCUMENT, epcisBody: undefined as never }, '/epcisBody missing'],
  ['with a body of one event', { ...DOCUMENT, epcisBody: { event: EVENT } }, '/epcisBody/eventList missing'],
  [
    'with a strange name in its header',
    { ...DOCUMENT, epcisHeader: { a: 1 } },
    '/epcisHeader/a unknown_field',
  ],
  ['that answers and has a header', { ...ANSWER, epcisHeader: {} }, '/epcisHeader unknown_field'],
])('a document %s', (_, sent, fault) => {
  const read = readDocument(JSON.parse(JSON.stringify(sent)) as Json);
  expect(read.ok ? '' : read.faults.map(({ path, code }) => `${path} ${code}`).join()).toBe(fault);
});

const { call, ids } = useInterface();

describe('a stranger', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['a prefix with a sign of nothing in it', {}, { '@context': [EPCIS_CONTEXT, { bad: 'a\u0000b' }] }],
    ['a prefix as long as a book', {}, { '@context': [EPCIS_CONTEXT, { bad: `urn:${'x'.repeat(9_000)}` }] }],
    ['a year before all years', { eventTime: '0000-01-01T00:00:00Z' }, {}],
    ['a moment that rounds into the year 10000', { eventTime: '9999-12-31T23:59:59.9999Z' }, {}],
  ])('who sends %s is told so', async (_, changes, extra) => {
    const sent = await call('clerk', 'POST', '/capture', {
      ...document([{ ...BASE, epcList: ['bad:1'], ...changes }]),
      ...extra,
    });
    if (sent.status === 400) return expect(sent.json.type).toBe('epcisException:ValidationException');
    const job = await call('clerk', 'GET', sent.headers.get('location')!.replace('/api/epcis/v2', ''));
    expect(job.json).toMatchObject({ running: false, success: false });
  });

  it('who sends the longest identifier, odd signs in texts and prefixes of every kind is served', async () => {
    const long = `urn:x:${'a%20'.repeat(510)}`;
    const event = {
      ...BASE,
      epcList: [long],
      'ex:text': 'a\u0000b \ud800',
      'https://ns.example.com/whole': 1,
    };
    const contexts = { https: 'urn:wrong:', ex: { '@id': 'https://ns.example.com/' }, '@version': 1.1 };
    const sent = await call('clerk', 'POST', '/capture', {
      ...document([event]),
      '@context': [EPCIS_CONTEXT, contexts as never],
    });
    expect(sent.status).toBe(202);
    const found = await call('clerk', 'GET', `/events?MATCH_epc=${encodeURIComponent(long)}`);
    expect(eventsOf(found)[0]).toMatchObject(event);
    expect((await ids('clerk', '/events?EQ_https://ns.example.com/whole=1')).length).toBe(1);
  });

  it('finds the master data of an answer as well as that of a document', async () => {
    const at = { readPoint: { id: 'urn:epc:id:sgln:8938500.00001.1' }, 'ex:n': 'within' };
    const sent = structuredClone(ANSWER) as JsonObject & {
      epcisBody: { queryResults: { resultsBody: { eventList: Json[] } } };
    };
    sent.epcisBody.queryResults.resultsBody.eventList = [{ ...EVENT, ...at }];
    expect((await call('clerk', 'POST', '/capture', sent)).status).toBe(202);
    expect(await ids('clerk', '/events?WD_readPoint=urn:epc:id:sgln:8938500.00001.0')).toEqual(['within']);
  });
});
