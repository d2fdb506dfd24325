/**
 * The event hash of CBV 2.0, section 8.9: the same for every spelling of an event. Where the standard's text and the
 * vectors of its reference differ, the vectors are followed: a `type` stands before its value, destinations before
 * sources, certification after the time zone (docs/decisions/0050-epcis.md).
 */
import { hash as digest } from 'node:crypto';
import { isObject, objectsOf, textsOf, type ContextedEvent, type Json, type JsonObject } from './event.ts';
import { identityOf } from './identity.ts';
import { contextItems } from './document.ts';
import { expandName, expandValue, namesOf, type Names } from './names.ts';
import { canonicalNumber, canonicalTime } from './values.ts';
import {
  addressOfUrn,
  addressOfWord,
  ALERT,
  BIZ_STEP,
  COMPONENT,
  DISPOSITION,
  MEASUREMENT,
  PARTY_TYPE,
  TRANSACTION_TYPE,
  type Vocabulary,
} from './vocabulary.ts';

/** `ni:///sha-256;…?ver=CBV2.0`: the identity of an event. */
export function hashEvent(contexted: ContextedEvent): string {
  return `ni:///sha-256;${digest('sha256', preHash(contexted), 'hex')}?ver=CBV2.0`;
}

/** The text that is hashed. */
export function preHash({ event, context }: ContextedEvent): string {
  const own = contextItems(event['@context']);
  const names = namesOf(own.length === 0 ? context : [...context, ...own]);
  const fields = FIELDS.map(([name, write]) =>
    event[name] === undefined ? '' : write(event[name], name, names),
  );
  return `eventType=${expandValue(event.type, names)}${fields.join('')}${extensions(event, KNOWN, names)}`;
}

type Writer = (value: Json, name: string, names: Names) => string;

const single: Writer = (value, name, names) =>
  textsOrNumbers(value)
    .map((one) => pair(name, plain(one, names)))
    .sort(byCode)
    .join('');
const moment: Writer = (value, name) =>
  typeof value === 'string' ? pair(name, canonicalTime(value.trim())) : '';

function worded(vocabulary: Vocabulary): Writer {
  return (value, name, names) =>
    textsOf(value)
      .map((one) => pair(name, plain(addressOfWord(vocabulary, one.trim()), names)))
      .sort(byCode)
      .join('');
}

/** A list under its own name; every member as `epc=…`. */
const epcs: Writer = (value, name, names) =>
  listed(
    name,
    textsOf(value).map((one) => pair('epc', plain(one, names))),
  );

const quantities: Writer = (value, name, names) =>
  listed(
    name,
    objectsOf(value).map((one) => `quantityElement${ordered(one, QUANTITY, names)}`),
  );

const place: Writer = (value, name, names) =>
  isObject(value) ? headed(name, ordered(value, [['id', single]], names)) : '';

/** Transactions, sources, destinations: type, then value; ordered as written. */
function typed(field: string, vocabulary: Vocabulary): Writer {
  const order: Order = [
    ['type', worded(vocabulary)],
    [field, single],
  ];
  return (value, name, names) =>
    listed(
      name,
      objectsOf(value).map((one) => ordered(one, order, names)),
    );
}

const persistent: Writer = (value, name, names) =>
  isObject(value)
    ? headed(
        name,
        ordered(
          value,
          [
            ['set', worded(DISPOSITION)],
            ['unset', worded(DISPOSITION)],
          ],
          names,
        ),
      )
    : '';

const sensors: Writer = (value, name, names) =>
  listed(
    name,
    objectsOf(value).map((one) => headed('sensorElement', ordered(one, SENSOR, names))),
  );

const reports: Writer = (value, name, names) =>
  objectsOf(value)
    .map((one) => headed(name, ordered(one, REPORT, names)))
    .sort(byCode)
    .join('');

const masterData: Writer = (value, name, names) =>
  isObject(value) ? headed(name, extensions(value, new Set(), names)) : '';

type Order = readonly (readonly [name: string, write: Writer])[];

const QUANTITY: Order = [
  ['epcClass', single],
  ['quantity', single],
  ['uom', single],
];
const DEVICE: Order = (['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod'] as const).map(
  (name) => [name, single],
);
const SENSOR: Order = [
  [
    'sensorMetadata',
    (value, name, names) => (isObject(value) ? headed(name, ordered(value, METADATA, names)) : ''),
  ],
  ['sensorReport', reports],
];
const METADATA: Order = [
  ['time', moment],
  ['startTime', moment],
  ['endTime', moment],
  ...DEVICE,
  ['bizRules', single],
];
const REPORT: Order = [
  ['type', worded(MEASUREMENT)],
  ['exception', worded(ALERT)],
  ...DEVICE,
  ['bizRules', single],
  ['time', moment],
  ['microorganism', single],
  ['chemicalSubstance', single],
  ['value', single],
  ['component', worded(COMPONENT)],
  ['stringValue', single],
  ['booleanValue', single],
  ['hexBinaryValue', single],
  ['uriValue', single],
  ['minValue', single],
  ['maxValue', single],
  ['meanValue', single],
  ['sDev', single],
  ['percRank', single],
  ['percValue', single],
  ['uom', single],
  ['coordinateReferenceSystem', single],
];

const FIELDS: Order = [
  ['eventTime', moment],
  ['eventTimeZoneOffset', single],
  ['certificationInfo', single],
  ['epcList', epcs],
  ['parentID', single],
  ['inputEPCList', epcs],
  ['childEPCs', epcs],
  ['quantityList', quantities],
  ['childQuantityList', quantities],
  ['inputQuantityList', quantities],
  ['outputEPCList', epcs],
  ['outputQuantityList', quantities],
  ['action', single],
  ['transformationID', single],
  ['bizStep', worded(BIZ_STEP)],
  ['disposition', worded(DISPOSITION)],
  ['persistentDisposition', persistent],
  ['readPoint', place],
  ['bizLocation', place],
  ['bizTransactionList', typed('bizTransaction', TRANSACTION_TYPE)],
  ['destinationList', typed('destination', PARTY_TYPE)],
  ['sourceList', typed('source', PARTY_TYPE)],
  ['sensorElementList', sensors],
  ['ilmd', masterData],
];

/** What says nothing of what happened, and what is written above. */
const KNOWN = new Set([
  ...FIELDS.map(([name]) => name),
  '@context',
  'type',
  'recordTime',
  'eventID',
  'errorDeclaration',
]);
const REMARKS = new Set(['rdfs:comment', 'comment']);

/** Known parts in their order, then whatever else stands there. */
function ordered(value: JsonObject, order: Order, names: Names): string {
  const parts = order.map(([name, write]) =>
    value[name] === undefined ? '' : write(value[name], name, names),
  );
  return parts.join('') + extensions(value, new Set(order.map(([name]) => name)), names);
}

function extensions(value: JsonObject, known: ReadonlySet<string>, names: Names): string {
  const others = Object.keys(value).filter((name) => !known.has(name) && !REMARKS.has(name));
  if (others.length === 0) return '';
  return others
    .flatMap((name) => extension(expandName(name, names), value[name]!, names))
    .sort(byCode)
    .join('');
}

/** An extension: `{namespace}name=value`; a list says its name with every member, an object before its parts. */
function extension(name: string, value: Json, names: Names): string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => extension(name, one, names));
  if (isObject(value)) return [name + extensions(value, new Set(['@context']), names)];
  const text = plain(value, names);
  return [text === '' ? name : `${name}=${text}`];
}

function plain(value: string | number | boolean, names: Names): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  return identityOf(canonicalNumber(addressOfUrn(expandValue(value.trim(), names))));
}

function textsOrNumbers(value: Json): (string | number | boolean)[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean');
}

function pair(name: string, text: string): string {
  return text === '' ? '' : `${name}=${text}`;
}

function listed(name: string, members: string[]): string {
  return headed(name, members.sort(byCode).join(''));
}

function headed(name: string, content: string): string {
  return content === '' ? '' : name + content;
}

/** By code point, as UTF-8 bytes would compare. */
function byCode(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Halves of a pair stand for signs beyond U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
