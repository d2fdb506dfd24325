/** Parameters that ask for what was measured (EPCIS 2.0, 8.2.7.1, sensor elements). */
import { isObject, objectsOf, type Json, type JsonObject } from './event.ts';
import type { Names } from './names.ts';
import {
  compares,
  isAsked,
  listOf,
  numbers,
  timeOf,
  urisOf,
  wordsOf,
  wrong,
  type Comparison,
  type Condition,
} from './parameters.ts';
import { converted } from './units.ts';
import { momentOf } from './values.ts';
import { canonicalId, canonicalWord, type EventView } from './view.ts';
import { ALERT, COMPONENT, MEASUREMENT, type Vocabulary } from './vocabulary.ts';

/** Attributes that are texts, in the metadata or in a report: words of a vocabulary, addresses, or anything. */
const TEXTS: Readonly<Record<string, Vocabulary | 'uri' | 'text' | 'truth'>> = {
  type: MEASUREMENT,
  exception: ALERT,
  component: COMPONENT,
  deviceID: 'uri',
  deviceMetadata: 'uri',
  rawData: 'uri',
  dataProcessingMethod: 'uri',
  bizRules: 'uri',
  microorganism: 'uri',
  chemicalSubstance: 'uri',
  coordinateReferenceSystem: 'uri',
  uriValue: 'uri',
  stringValue: 'text',
  hexBinaryValue: 'text',
  booleanValue: 'truth',
};

/** The condition of a sensor parameter; nothing when it is none. */
export function sensorCondition(name: string, value: Json, names: Names): Condition | null {
  if (name === 'EXISTS_sensorElementList')
    return { test: ({ event }) => !isAsked(value) || objectsOf(event.sensorElementList).length > 0 };
  const timed = /^(GE|LT)_(time|startTime|endTime)$/.exec(name);
  if (timed) return inTime(timed[1] as Comparison, timed[2]!, timeOf(name, value));
  const measured =
    /^(EQ|GT|GE|LT|LE)_(value|minValue|maxValue|meanValue|sDev|percValue)_([A-Z0-9]{2,4})$/.exec(name);
  if (measured) return ofSize(name, value, measured[1] as Comparison, measured[2]!, measured[3]);
  const ranked = /^(EQ|GT|GE|LT|LE)_(percRank)$/.exec(name);
  if (ranked) return ofSize(name, value, ranked[1] as Comparison, ranked[2]!);
  const [, attribute] = /^EQ_([A-Za-z]+)$/.exec(name) ?? [];
  if (attribute === undefined || !Object.hasOwn(TEXTS, attribute)) return null;
  return ofText(attribute, name, value, names);
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

function ofText(attribute: string, name: string, value: Json, names: Names): Condition {
  const kind = TEXTS[attribute]!;
  const texts =
    kind === 'uri'
      ? urisOf(name, value)
      : typeof kind === 'object'
        ? wordsOf(name, value, kind)
        : listOf(name, value);
  if (kind === 'truth' && !texts.every((text) => text === 'true' || text === 'false')) wrong(name);
  const canonical = (text: string, own: Names) => {
    if (typeof kind === 'object') return canonicalWord(kind, text, own);
    return kind === 'uri' ? canonicalId(text, own) : text;
  };
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

function ofSize(name: string, value: Json, comparison: Comparison, field: string, unit?: string): Condition {
  const wanted = numbers(name, comparison, value);
  return {
    test: (view) =>
      sensorParts(view).reports.some((report) => {
        const size = sizeOf(report, field, unit);
        return size !== null && compares(comparison, size, wanted);
      }),
  };
}

/** What a report says, in the unit that is asked for. */
function sizeOf(report: JsonObject, field: string, unit: string | undefined): number | null {
  const { [field]: value, uom } = report;
  if (typeof value !== 'number' || unit === undefined) return typeof value === 'number' ? value : null;
  return typeof uom === 'string' ? converted(value, uom, unit, field === 'sDev') : null;
}
