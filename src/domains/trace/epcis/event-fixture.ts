/** Events of every type with identifiers in every spelling, for properties that hold whatever is captured. */
import fc from 'fast-check';
import type { EpcisEvent, Json } from './event.ts';
import { BIZ_STEPS, DISPOSITIONS, MEASUREMENTS } from './vocabulary.ts';

/** What stands beside the events. */
export const CONTEXT: Json[] = [
  { ex: 'https://ns.example.com/' },
  { other: { '@id': 'urn:other#' }, https: 'urn:trap:', urn2: 'urn:epc:id:sgtin:' },
];

const digits = (least: number, most = least) => fc.stringMatching(new RegExp(`^\\d{${least},${most}}$`));
/** Signs of serial numbers as URNs write them, those that need a percent sign among them. */
const serial = fc
  .array(fc.constantFrom(...`AZaz09!'()*+,-.:;=_`, '%22', '%25', '%26', '%2F', '%3C', '%3E', '%3F', '%2f'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((signs) => signs.join(''));
const odd = fc.constantFrom('', '*', '0', '007', 'é', '%', '%C3%A9', 'x'.repeat(31));
const SCHEMES =
  'sgtin sscc sgln pgln grai giai gdti sgcn gsrn gsrnp gsin ginc cpi itip upui lgtin what'.split(' ');

/** An EPC URN whose parts may have any length: most that fit, some that break a rule. */
const urn = fc
  .record({
    kind: fc.constantFrom('id', 'id', 'id', 'class', 'idpat'),
    scheme: fc.constantFrom(...SCHEMES),
    prefix: digits(6, 12),
    total: fc.constantFrom(12, 13, 16, 17, 11),
    tail: fc.oneof(serial, odd, digits(1, 12), fc.constant(undefined)),
    pieces: fc.constantFrom('', '.01.02', '.02.01', '.1.2'),
    filler: digits(13),
  })
  .map(({ kind, scheme, prefix, total, tail, pieces, filler }) => {
    const reference = filler.slice(0, Math.max(0, total - prefix.length));
    return `urn:epc:${kind}:${scheme}:${prefix}.${reference}${pieces}${tail === undefined ? '' : `.${tail}`}`;
  });
const host = fc.constantFrom('https://id.gs1.org', 'http://x.vn', 'https://tuc-tranh.example:8443/a/b');
const qualifier = fc.oneof(serial, fc.constantFrom('L1', 'a%2Fb', "x'y;z=1", 'caf%C3%A9', '%zz', 'a(b)!'));
const link = fc
  .record({
    host,
    key: fc.constantFrom(
      '01/08938500000010',
      '01/8938500000010',
      '01/95200002',
      'gtin/08938500000010',
      '414/8938500000010',
      '00/340123450000000003',
      '8004/8938500D1',
      '8006/089385000000100102',
      '253/8938500000010A1',
      '8018/893850000000010250',
      '9999/1',
    ),
    more: fc.array(fc.tuple(fc.constantFrom('10', '21', '22', '235', '254', 'lot', 'ser', '17'), qualifier), {
      maxLength: 3,
    }),
    end: fc.constantFrom('', '', '/', '?17=271231', '?linkType=gs1:pip#top', '//'),
  })
  .map(({ host, key, more, end }) =>
    [host, key, ...more.flatMap(([ai, value]) => [ai, value])].join('/').concat(end),
  );
const id = fc.oneof(
  urn,
  urn,
  link,
  link,
  fc.constantFrom('urn:uuid:1', 'ex:thing', 'other:thing', 'urn2:8938500.000001.A', 'https://a.example/x'),
);
const number = fc.oneof(
  fc.integer({ min: 1, max: 9_999 }),
  fc.constantFrom(12.5, 1e21, 1.5e-7, 0.1, 100, 5e-324, 1_000_000),
);
const value: fc.Arbitrary<Json> = fc.oneof(
  { maxDepth: 2 },
  id,
  number,
  fc.boolean(),
  fc.constantFrom(
    '',
    ' a ',
    '007.10',
    '-0.0',
    '1e5',
    '\u{1f375}',
    '\uffee',
    'chè',
    '0',
    'urn:epcglobal:cbv:disp:active',
    'https://x.vn/01/08938500000010/21/\ud800',
    'https://x.vn/8004/1234\u{1f375}é~',
  ),
  fc.constant(null),
  fc.array(fc.constantFrom<Json>('b', 'a', 1, true, { 'ex:deep': 'x' }), { maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom('ex:a', 'other:b', 'type', 'rdfs:comment'),
    fc.constantFrom<Json>('x', 1, 'ex:y'),
    {
      maxKeys: 2,
    },
  ),
);
const extensions = fc.dictionary(
  fc.constantFrom(
    'ex:a',
    'ex:b',
    'other:c',
    'https://whole.example/name',
    'urn:x:name',
    'cbvmda:lotNumber',
    'unknown:p',
  ),
  value,
  { maxKeys: 3 },
);
const time = fc.constantFrom(
  '2026-03-01T08:00:00.000+07:00',
  '2026-02-28T23:59:60Z',
  '0001-01-02T00:00:00Z',
  '2026-12-31t23:59:59.99949z',
  '2026-12-31T23:59:59.9995-11:30',
);
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 4 });
const quantities = fc.array(
  fc.oneof(
    fc.record({ epcClass: id }),
    fc.record({ epcClass: id, quantity: number, uom: fc.constantFrom('KGM', 'GRM') }),
  ),
  { maxLength: 3 },
);
const place = fc.tuple(id, extensions).map(([at, more]) => ({ ...more, id: at }));
const step = fc.constantFrom(...BIZ_STEPS, 'https://x.vn/step', 'ex:Step', 'cbv:BizStep-packing');
const disposition = fc.constantFrom(...DISPOSITIONS, 'ex:State');
const party = fc.constantFrom('owning_party', 'possessing_party', 'location', 'ex:Party');
const sensors = fc.array(
  fc
    .record({
      meta: fc.record({ time, deviceID: id }, { requiredKeys: [] }),
      report: fc.record(
        {
          type: fc.constantFrom(...MEASUREMENTS, 'ex:Own'),
          value: number,
          uom: fc.constant('CEL'),
          time,
          stringValue: fc.constantFrom('a', ' 1.0 ', ''),
          booleanValue: fc.boolean(),
          hexBinaryValue: fc.constantFrom('0F', '0010'),
          component: fc.constant('latitude'),
          exception: fc.constant('ALARM_CONDITION'),
        },
        { requiredKeys: ['type'] },
      ),
      more: extensions,
    })
    .map(({ meta, report, more }) => ({ sensorMetadata: { ...meta, ...more }, sensorReport: [report] })),
  { maxLength: 2 },
);
const offset = fc.constantFrom('+07:00', '-11:30');
const deals = fc.array(
  fc.record(
    { type: fc.constantFrom('po', 'inv', 'ex:Deal'), bizTransaction: id },
    { requiredKeys: ['bizTransaction'] },
  ),
  { minLength: 1, maxLength: 3 },
);
const shared = {
  eventID: id,
  recordTime: time,
  certificationInfo: fc.oneof(id, ids),
  bizStep: step,
  disposition,
  readPoint: place,
  bizLocation: place,
  bizTransactionList: deals,
  sourceList: fc.array(fc.record({ type: party, source: id }), { maxLength: 2 }),
  destinationList: fc.array(fc.record({ type: party, destination: id }), { maxLength: 2 }),
  sensorElementList: sensors,
};
const action = fc.constantFrom('ADD', 'OBSERVE', 'DELETE');
const persistentDisposition = fc.record(
  { set: fc.uniqueArray(disposition, { minLength: 1, maxLength: 2 }), unset: fc.constant(['active']) },
  { requiredKeys: ['set'] },
);

/** A type with its own fields: those of `always` stand in every event. */
function eventOf(
  types: readonly string[],
  always: Record<string, fc.Arbitrary<unknown>>,
  more: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<object> {
  const head = { type: fc.constantFrom(...types), eventTime: time, eventTimeZoneOffset: offset };
  const rest = fc.record({ ...shared, ...more }, { requiredKeys: [] });
  return fc.tuple(rest, fc.record({ ...head, ...always })).map(([some, all]) => ({ ...some, ...all }));
}

/** An event of any type; not every one of them is valid. */
export const anyEvent = fc
  .tuple(
    fc.oneof(
      eventOf(
        ['ObjectEvent'],
        { action: fc.constant('ADD'), epcList: ids },
        { quantityList: quantities, persistentDisposition, ilmd: extensions },
      ),
      eventOf(
        ['AggregationEvent', 'AssociationEvent'],
        { action, parentID: id, childEPCs: ids },
        { childQuantityList: quantities },
      ),
      eventOf(
        ['TransactionEvent'],
        { action, epcList: ids, bizTransactionList: deals },
        { parentID: id, quantityList: quantities },
      ),
      eventOf(
        ['TransformationEvent'],
        { inputEPCList: ids, outputEPCList: ids, transformationID: id },
        { inputQuantityList: quantities, outputQuantityList: quantities, ilmd: extensions },
      ),
    ),
    extensions,
  )
  .map(([event, more]) => JSON.parse(JSON.stringify({ ...more, ...event })) as EpcisEvent);
