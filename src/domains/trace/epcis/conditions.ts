/** Every parameter of the query language, by its name. */
import { attributeCondition } from './attribute-conditions.ts';
import { extensionCondition } from './extension-conditions.ts';
import { EVENT_TYPES, isObject, objectsOf, textsOf, type Json } from './event.ts';
import type { Names } from './names.ts';
import { matchesPattern, patternOf, type Pattern } from './pattern.ts';
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
  type MasterData,
  type Narrowing,
} from './parameters.ts';
import { momentOf } from './values.ts';
import { canonicalId, canonicalWord, columnsOf, relatedOf, type EventView, type TermField } from './view.ts';
import { BIZ_STEP, DISPOSITION, ERROR_REASON, type Vocabulary } from './vocabulary.ts';
import { sensorCondition } from './sensor-conditions.ts';

export type Reading = { names: Names; master: MasterData };
type Reader = (name: string, value: Json, reading: Reading) => Condition;

/** Which lists a `MATCH_` looks into. */
const MATCHED: Readonly<Record<string, readonly TermField[]>> = {
  MATCH_epc: ['epc', 'child'],
  MATCH_parentID: ['parent'],
  MATCH_inputEPC: ['input'],
  MATCH_outputEPC: ['output'],
  MATCH_anyEPC: ['epc', 'child', 'input', 'output', 'parent'],
  MATCH_epcClass: ['epc_class', 'child_class'],
  MATCH_inputEPCClass: ['input_class'],
  MATCH_outputEPCClass: ['output_class'],
  MATCH_anyEPCClass: ['epc_class', 'child_class', 'input_class', 'output_class'],
  EQ_transformationID: ['transformation'],
};
/** Of the path `/epcs/{epc}`: wherever a thing or its lot is named. */
export const ANYWHERE: readonly TermField[] = [
  'epc',
  'child',
  'input',
  'output',
  'parent',
  'epc_class',
  'child_class',
  'input_class',
  'output_class',
];

const TYPES = { words: new Set<string>(EVENT_TYPES) };

const SINGLE: Readonly<Record<string, Reader>> = {
  eventType: (name, value, { names }) =>
    inColumn(
      'type',
      wordsOf(name, value, TYPES),
      (view) => view.event.type,
      (text) => canonicalType(text, names),
    ),
  EQ_action: (name, value) => {
    const wanted = listOf(name, value);
    if (!wanted.every((text) => /^(?:ADD|OBSERVE|DELETE)$/.test(text))) wrong(name);
    return inColumn('action', wanted, ({ event }) => event.action);
  },
  EQ_bizStep: worded('biz_step', BIZ_STEP, (view) => columnsOf(view.event, view.names).bizStep),
  EQ_disposition: worded('disposition', DISPOSITION, (view) => columnsOf(view.event, view.names).disposition),
  EQ_readPoint: located('read_point', 'readPoint', false),
  WD_readPoint: located('read_point', 'readPoint', true),
  EQ_bizLocation: located('biz_location', 'bizLocation', false),
  WD_bizLocation: located('biz_location', 'bizLocation', true),
  EQ_eventID: (name, value) => inColumn('event_id', urisOf(name, value), ({ eventId }) => eventId),
  EQ_persistentDisposition_set: persistent('set'),
  EQ_persistentDisposition_unset: persistent('unset'),
  EXISTS_errorDeclaration: (_, value) => {
    if (!isAsked(value)) return { test: () => true };
    return { narrowing: { by: 'declared' }, test: ({ event }) => isObject(event.errorDeclaration) };
  },
  EQ_errorReason: (name, value, { names }) => {
    const wanted = wordsOf(name, value, ERROR_REASON).map((text) => canonicalWord(ERROR_REASON, text, names));
    return declared(
      ({ reason }, view) =>
        typeof reason === 'string' && wanted.includes(canonicalWord(ERROR_REASON, reason, view.names)),
    );
  },
  EQ_correctiveEventID: (name, value) => {
    const wanted = urisOf(name, value);
    return declared(({ correctiveEventIDs }) =>
      textsOf(correctiveEventIDs).some((id) => wanted.includes(id)),
    );
  },
};

/** The condition that a parameter asks for; nothing when no such parameter is known. */
export function conditionFor(name: string, value: Json, reading: Reading): Condition | null {
  if (Object.hasOwn(SINGLE, name)) return SINGLE[name]!(name, value, reading);
  if (Object.hasOwn(MATCHED, name)) return thing(name, urisOf(name, value), MATCHED[name]!, reading.names);
  const timed = /^(GE|LT)_(eventTime|recordTime|errorDeclaration_?Time)$/.exec(name);
  if (timed) return inTime(timed[1] as Comparison, timed[2]!, timeOf(name, value));
  const sized = /^(EQ|GT|GE|LT|LE)_quantity(?:_([A-Z0-9]{2,4}))?$/.exec(name);
  if (sized) {
    const comparison = sized[1] as Comparison;
    return ofQuantity(comparison, sized[2], numbers(name, comparison, value));
  }
  const related = /^EQ_(bizTransaction|source|destination)_(.+)$/.exec(name);
  if (related) return ofRelated(name, value, related[1] as 'source', related[2]!, reading.names);
  const attribute = /^(?:HASATTR|EQ_?ATTR)_/.test(name) ? attributeCondition(name, value, reading) : null;
  return (
    attribute ?? sensorCondition(name, value, reading.names) ?? extensionCondition(name, value, reading.names)
  );
}

/** Things by URN, link or pattern, in some lists of the event. */
export function thing(
  name: string,
  texts: readonly string[],
  fields: readonly TermField[],
  names: Names,
): Condition {
  const patterns = texts.map(
    (text): Pattern =>
      (text.includes('*') ? patternOf(text) : { exact: canonicalId(text, names) }) ?? wrong(name),
  );
  return {
    narrowing: { by: 'term', fields, patterns },
    test: ({ terms }) =>
      terms.some(
        ({ field, value }) =>
          fields.includes(field) && patterns.some((pattern) => matchesPattern(pattern, value)),
      ),
  };
}

function inColumn(
  column: Extract<Narrowing, { by: 'column' }>['column'],
  values: readonly string[],
  read: (view: EventView) => Json | undefined,
  canonical: (text: string) => string = (text) => text,
): Condition {
  const wanted = values.map(canonical);
  return {
    narrowing: { by: 'column', column, values: wanted },
    test: (view) => wanted.includes(String(read(view))),
  };
}

function canonicalType(text: string, names: Names): string {
  return text.replace('https://ref.gs1.org/epcis/', '').replace(/^epcis:/, '') === text
    ? canonicalId(text, names)
    : text.replace(/^.*[:/]/, '');
}

function worded(
  column: 'biz_step' | 'disposition',
  vocabulary: Vocabulary,
  read: (view: EventView) => string | null,
): Reader {
  return (name, value, { names }) =>
    inColumn(column, wordsOf(name, value, vocabulary), read, (text) =>
      canonicalWord(vocabulary, text, names),
    );
}

function located(
  column: 'read_point' | 'biz_location',
  field: 'readPoint' | 'bizLocation',
  withAll: boolean,
): Reader {
  return (name, value, { names, master }) => {
    const asked = urisOf(name, value).map((text) => canonicalId(text, names));
    return inColumn(
      column,
      withAll ? master.within(asked) : asked,
      (view) => columnsOf(view.event, view.names)[field],
    );
  };
}

function persistent(part: 'set' | 'unset'): Reader {
  return (name, value, { names }) => {
    const wanted = wordsOf(name, value, DISPOSITION).map((text) => canonicalWord(DISPOSITION, text, names));
    return {
      test: ({ event: { persistentDisposition: kept }, names: own }) =>
        isObject(kept) &&
        textsOf(kept[part]).some((text) => wanted.includes(canonicalWord(DISPOSITION, text, own))),
    };
  };
}

function declared(
  test: (declaration: Record<string, Json | undefined>, view: EventView) => boolean,
): Condition {
  return {
    narrowing: { by: 'declared' },
    test: (view) => isObject(view.event.errorDeclaration) && test(view.event.errorDeclaration, view),
  };
}

function inTime(comparison: Comparison, field: string, limit: number): Condition {
  if (field === 'eventTime' || field === 'recordTime') {
    const column = field === 'eventTime' ? 'event_time' : 'record_time';
    // The database keeps milliseconds: the narrowing lets in one more, the test decides.
    const narrowing: Narrowing = comparison.startsWith('G')
      ? { by: 'time', column, from: new Date(limit) }
      : { by: 'time', column, before: new Date(limit + 1) };
    return { narrowing, test: (view) => compares(comparison, view[field], [limit]) };
  }
  return declared(
    ({ declarationTime }) =>
      typeof declarationTime === 'string' && compares(comparison, momentOf(declarationTime), [limit]),
  );
}

function ofQuantity(comparison: Comparison, unit: string | undefined, wanted: readonly number[]): Condition {
  const lists = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'];
  return {
    test: ({ event }) =>
      lists.some((list) =>
        objectsOf(event[list]).some(
          ({ quantity, uom }) =>
            typeof quantity === 'number' &&
            (unit === undefined || uom === unit) &&
            compares(comparison, quantity, wanted),
        ),
      ),
  };
}

function ofRelated(
  name: string,
  value: Json,
  kind: 'bizTransaction' | 'source' | 'destination',
  type: string,
  names: Names,
): Condition {
  const wanted = urisOf(name, value).map((text) => canonicalId(text, names));
  const field = kind === 'bizTransaction' ? 'transaction' : kind;
  return {
    narrowing: { by: 'term', fields: [field], patterns: wanted.map((exact) => ({ exact })) },
    test: (view) => relatedOf(view, kind, type).some((id) => wanted.includes(id)),
  };
}
