/**
 * What an event must be (EPCIS 2.0, 7): the rules of the standard's JSON schema, and those it cannot express. Written
 * by hand because capture is measured in thousands of events a second; a test compares it with the schema.
 */
import {
  anything,
  isTime,
  isUri,
  list,
  number,
  object,
  oneOf,
  shaped,
  text,
  time,
  truth,
  uri,
  word,
  type Check,
  type Fault,
  type Fields,
} from './checks.ts';
import { isObject, objectsOf, type Json, type JsonObject } from './event.ts';
import { isKeptMoment, momentOf } from './values.ts';
import {
  ALERT,
  BIZ_STEP,
  COMPONENT,
  DISPOSITION,
  ERROR_REASON,
  MEASUREMENT,
  PARTY_TYPE,
  TRANSACTION_TYPE,
} from './vocabulary.ts';

/** Words of the GS1 Web Vocabulary are said bare where they may be. */
const GS1_VOCABULARY = /^https?:\/\/(?:www\.)?gs1\.org\/voc\//;

const quantityFields = object(
  { epcClass: uri, quantity: number, uom: shaped(/^[A-Z0-9]{2,3}$/, 'unit') },
  { required: ['epcClass'] },
);
/** EPCIS 2.0, 7.3.3.3: a positive magnitude with its unit, a whole positive count without, or neither. */
const quantity: Check = (value, path, faults) => {
  quantityFields(value, path, faults);
  if (!isObject(value)) return;
  if (value.quantity === undefined) {
    if (value.uom !== undefined) fault(faults, `${path}/uom`, 'unit_without_quantity');
  } else if (typeof value.quantity === 'number') {
    if (value.quantity <= 0) fault(faults, `${path}/quantity`, 'not_positive');
    else if (value.uom === undefined && !Number.isInteger(value.quantity))
      fault(faults, `${path}/quantity`, 'not_whole');
  }
};
const place = object({ id: uri }, { required: ['id'], loose: true });
const disposition = word(DISPOSITION);
const dispositions = list(disposition, { least: 1, unique: true });

const DEVICE = {
  deviceID: uri,
  deviceMetadata: uri,
  rawData: uri,
  dataProcessingMethod: uri,
  bizRules: uri,
  time,
};
const sensorElement: Check = (value, path, faults) => {
  sensorFields(value, path, faults);
  if (isObject(value)) checkSensorTwice(value, path, faults);
};
const sensorFields = object(
  {
    sensorMetadata: object({ ...DEVICE, startTime: time, endTime: time }, { open: true }),
    sensorReport: list(
      object(
        {
          ...DEVICE,
          type: word(MEASUREMENT, GS1_VOCABULARY),
          exception: word(ALERT, GS1_VOCABULARY),
          microorganism: uri,
          chemicalSubstance: uri,
          coordinateReferenceSystem: uri,
          value: number,
          component: word(COMPONENT),
          stringValue: text,
          booleanValue: truth,
          hexBinaryValue: shaped(/^[A-Fa-f0-9]+$/, 'hexadecimal'),
          uriValue: uri,
          minValue: number,
          maxValue: number,
          meanValue: number,
          sDev: number,
          percRank: number,
          percValue: number,
          uom: text,
        },
        { required: ['type'], open: true },
      ),
      { least: 1 },
    ),
  },
  { required: ['sensorReport'], open: true },
);

/**
 * What was measured with stands in the metadata or in the report. Said in both it must be the same: the standard's own
 * examples repeat it. Times may differ, a report's is that of one reading.
 */
function checkSensorTwice(element: JsonObject, path: string, faults: Fault[]): void {
  const metadata = element.sensorMetadata;
  if (!isObject(metadata)) return;
  objectsOf(element.sensorReport).forEach((report, at) => {
    for (const name of ['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'])
      if (metadata[name] !== undefined && report[name] !== undefined && metadata[name] !== report[name])
        faults.push({ path: `${path}/sensorReport/${at}/${name}`, code: 'sensor_twice' });
  });
}

/** `@context`: addresses and objects of our own, none twice. */
export const context: Check = (value, path, faults) => {
  const items = Array.isArray(value) ? value : [value];
  if (new Set(items.map((one) => JSON.stringify(one))).size < items.length)
    faults.push({ path, code: 'twice' });
  if (items.length > 50) faults.push({ path, code: 'too_many' });
  for (const item of items) {
    if (!isUri(item) && !isObject(item)) faults.push({ path, code: 'context' });
    if (isObject(item) && Object.values(item).some(isOverlong)) faults.push({ path, code: 'namespace' });
  }
};

/** What stands for a prefix goes before every name and identifier that uses it. */
function isOverlong(value: Json): boolean {
  const namespace = isObject(value) ? value['@id'] : value;
  return typeof namespace === 'string' && !NAMESPACE.test(namespace);
}
const NAMESPACE = /^[^\s\p{Cc}]{0,150}$/u;

/** Years that the database knows, whatever the zone. */
const eventTime: Check = (value, path, faults) => {
  time(value, path, faults);
  if (isTime(value) && !isKeptMoment(momentOf(value))) fault(faults, path, 'time_range');
};

const COMMON: Fields = {
  '@context': context,
  eventTime,
  recordTime: time,
  eventTimeZoneOffset: shaped(/^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/, 'offset'),
  eventID: uri,
  certificationInfo: (value, path, faults) =>
    Array.isArray(value) ? list(uri)(value, path, faults) : uri(value, path, faults),
  errorDeclaration: object(
    { declarationTime: time, reason: word(ERROR_REASON), correctiveEventIDs: list(uri) },
    { required: ['declarationTime'], open: true },
  ),
};

const WHERE_AND_WHY: Fields = {
  bizStep: word(BIZ_STEP),
  disposition,
  readPoint: place,
  bizLocation: place,
  bizTransactionList: list(
    object({ type: word(TRANSACTION_TYPE), bizTransaction: uri }, { required: ['bizTransaction'] }),
  ),
  sourceList: list(object({ type: word(PARTY_TYPE), source: uri }, { required: ['type', 'source'] })),
  destinationList: list(
    object({ type: word(PARTY_TYPE), destination: uri }, { required: ['type', 'destination'] }),
  ),
  sensorElementList: list(sensorElement),
};

const action = oneOf('ADD', 'OBSERVE', 'DELETE');
const epcs = list(uri, { unique: true });
const children = list(uri);
const quantities = list(quantity);
const persistentDisposition: Check = (value, path, faults) => {
  object({ set: dispositions, unset: dispositions })(value, path, faults);
  if (isObject(value) && value.set === undefined && value.unset === undefined)
    faults.push({ path, code: 'empty' });
};
const ilmd: Check = (value, path, faults) => object({}, { open: true })(value, path, faults);

/** Of every type: its fields, those that must be there, and what else must hold. */
const TYPES: Readonly<Record<string, { check: Check; more: (event: JsonObject, faults: Fault[]) => void }>> =
  {
    ObjectEvent: {
      check: event({ action, epcList: epcs, quantityList: quantities, persistentDisposition, ilmd }, [
        'action',
      ]),
      more: (one, faults) => {
        const sensed = filled(one.sensorElementList) && one.readPoint !== undefined;
        if (!Array.isArray(one.epcList) && !filled(one.quantityList) && !sensed)
          fault(faults, '', 'nothing_observed');
        if (one.ilmd !== undefined && one.action !== 'ADD') fault(faults, '/ilmd', 'ilmd_without_add');
      },
    },
    AggregationEvent: {
      check: event({ action, parentID: uri, childEPCs: children, childQuantityList: quantities }, ['action']),
      more: checkFamily,
    },
    AssociationEvent: {
      check: event({ action, parentID: uri, childEPCs: children, childQuantityList: quantities }, [
        'action',
        'parentID',
      ]),
      more: checkFamily,
    },
    TransactionEvent: {
      check: event({ action, parentID: uri, epcList: children, quantityList: quantities }, [
        'action',
        'bizTransactionList',
      ]),
      more: (one, faults) => {
        if (!filled(one.bizTransactionList)) fault(faults, '/bizTransactionList', 'empty');
        if (!Array.isArray(one.epcList) && !filled(one.quantityList) && one.action !== 'DELETE')
          fault(faults, '', 'nothing_observed');
      },
    },
    TransformationEvent: {
      check: event({
        inputEPCList: epcs,
        inputQuantityList: quantities,
        outputEPCList: epcs,
        outputQuantityList: quantities,
        transformationID: uri,
        persistentDisposition,
        ilmd,
      }),
      more: (one, faults) => {
        const input = filled(one.inputEPCList) || filled(one.inputQuantityList);
        const output = filled(one.outputEPCList) || filled(one.outputQuantityList);
        if (!(input && output) && !(one.transformationID !== undefined && (input || output)))
          fault(faults, '', 'nothing_transformed');
      },
    },
  };

const EXTENDED = object(
  { ...COMMON, type: uri },
  { required: ['type', 'eventTime', 'eventTimeZoneOffset'], loose: true },
);

function event(fields: Fields, required: readonly string[] = []): Check {
  const all = { ...COMMON, ...WHERE_AND_WHY, ...fields, type: anything };
  return object(all, { required: ['eventTime', 'eventTimeZoneOffset', ...required], open: true });
}

/** Who is put into what: the parent is named but by an observation, the children but when all are taken out. */
function checkFamily(one: JsonObject, faults: Fault[]): void {
  if (one.action !== 'OBSERVE' && one.parentID === undefined) fault(faults, '/parentID', 'missing');
  if (!filled(one.childEPCs) && !filled(one.childQuantityList) && one.action !== 'DELETE')
    fault(faults, '', 'no_children');
}

function filled(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}

function fault(faults: Fault[], path: string, code: string): void {
  faults.push({ path, code });
}

/** Everything that is wrong with an event; none: it may be stored. */
export function checkEvent(value: Json): Fault[] {
  const faults: Fault[] = [];
  if (!isObject(value)) return [{ path: '', code: 'object' }];
  if (typeof value.type !== 'string') return [{ path: '/type', code: 'missing' }];
  const type = Object.hasOwn(TYPES, value.type) ? TYPES[value.type] : undefined;
  if (!type) EXTENDED(value, '', faults);
  else {
    type.check(value, '', faults);
    type.more(value, faults);
  }
  return faults;
}
