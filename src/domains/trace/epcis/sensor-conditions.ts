/** Parameters that ask for what was measured (EPCIS 2.0, 8.2.7.1, sensor elements). */
import { isObject, objectsOf, type Json, type JsonObject } from './event.ts';
import type { Names } from './names.ts';
import { compares, isAsked, listOf, numbers, timeOf, type Comparison, type Condition } from './parameters.ts';
import { momentOf } from './values.ts';
import { canonicalId, canonicalWord, type EventView } from './view.ts';
import { ALERT, COMPONENT, MEASUREMENT, type Vocabulary } from './vocabulary.ts';

/** Attributes that are texts: in the metadata or in a report. */
const TEXTS: Readonly<Record<string, Vocabulary | null>> = {
  type: MEASUREMENT,
  exception: ALERT,
  component: COMPONENT,
  deviceID: null,
  deviceMetadata: null,
  rawData: null,
  dataProcessingMethod: null,
  bizRules: null,
  microorganism: null,
  chemicalSubstance: null,
  coordinateReferenceSystem: null,
  stringValue: null,
  hexBinaryValue: null,
  uriValue: null,
  booleanValue: null,
};

/** The condition of a sensor parameter; nothing when it is none. */
export function sensorCondition(name: string, value: Json, names: Names): Condition | null {
  if (name === 'EXISTS_sensorElementList')
    return { test: ({ event }) => !isAsked(value) || objectsOf(event.sensorElementList).length > 0 };
  const timed = /^(GE|GT|LE|LT)_(time|startTime|endTime)$/.exec(name);
  if (timed) return inTime(timed[1] as Comparison, timed[2]!, timeOf(name, value));
  const measured =
    /^(EQ|GT|GE|LT|LE)_(value|minValue|maxValue|meanValue|sDev|percValue)_([A-Z0-9]{2,4})$/.exec(name);
  if (measured) return ofSize(measured[1] as Comparison, measured[2]!, measured[3], numbers(name, value));
  const ranked = /^(EQ|GT|GE|LT|LE)_(percRank)$/.exec(name);
  if (ranked) return ofSize(ranked[1] as Comparison, ranked[2]!, undefined, numbers(name, value));
  const [, attribute] = /^EQ_([A-Za-z]+)$/.exec(name) ?? [];
  if (attribute === undefined || !Object.hasOwn(TEXTS, attribute)) return null;
  return ofText(attribute, TEXTS[attribute]!, listOf(name, value), names);
}

/** Metadata and reports of all sensors of an event. */
export function sensorParts({ event }: EventView): {
  metadata: JsonObject[];
  reports: JsonObject[];
  elements: JsonObject[];
} {
  const elements = objectsOf(event.sensorElementList);
  return {
    elements,
    metadata: elements.flatMap(({ sensorMetadata }) => (isObject(sensorMetadata) ? [sensorMetadata] : [])),
    reports: elements.flatMap(({ sensorReport }) => objectsOf(sensorReport)),
  };
}

function ofText(
  attribute: string,
  vocabulary: Vocabulary | null,
  texts: readonly string[],
  names: Names,
): Condition {
  const canonical = (text: string, own: Names) =>
    vocabulary ? canonicalWord(vocabulary, text, own) : canonicalId(text, own);
  const wanted = texts.map((text) => canonical(text, names));
  return {
    test: (view) => {
      const { metadata, reports } = sensorParts(view);
      return [...metadata, ...reports].some(({ [attribute]: said }) => {
        if (typeof said === 'boolean') return wanted.includes(String(said));
        return typeof said === 'string' && wanted.includes(canonical(said, view.names));
      });
    },
  };
}

/** A report's own time, or that of the metadata it stands under. */
function inTime(comparison: Comparison, field: string, limit: number): Condition {
  return {
    test: (view) => {
      const { metadata, reports } = sensorParts(view);
      return [...metadata, ...reports].some(
        ({ [field]: said }) => typeof said === 'string' && compares(comparison, momentOf(said), [limit]),
      );
    },
  };
}

function ofSize(
  comparison: Comparison,
  field: string,
  unit: string | undefined,
  wanted: readonly number[],
): Condition {
  return {
    test: (view) =>
      sensorParts(view).reports.some(
        (report) =>
          typeof report[field] === 'number' &&
          (unit === undefined || report.uom === unit) &&
          compares(comparison, report[field], wanted),
      ),
  };
}
