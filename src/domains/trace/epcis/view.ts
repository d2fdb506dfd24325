/** An event as queries see it: every identifier, word, number and moment in its one canonical form. */
import { contextItems } from './document.ts';
import {
  isObject,
  objectsOf,
  textsOf,
  type ContextedEvent,
  type EpcisEvent,
  type Json,
  type JsonObject,
} from './event.ts';
import { identityOf } from './identity.ts';
import { expandName, expandValue, namesOf, type Names } from './names.ts';
import { canonicalNumber, momentOf } from './values.ts';
import {
  addressOfUrn,
  addressOfWord,
  BIZ_STEP,
  DISPOSITION,
  PARTY_TYPE,
  TRANSACTION_TYPE,
  type Vocabulary,
} from './vocabulary.ts';

/** Where the things of an event stand; the names by which they are stored for search. */
export const TERM_FIELDS = [
  'epc',
  'child',
  'input',
  'output',
  'parent',
  'epc_class',
  'child_class',
  'input_class',
  'output_class',
  'transformation',
  'transaction',
  'source',
  'destination',
] as const;
export type TermField = (typeof TERM_FIELDS)[number];
export type Term = { field: TermField; value: string };

/** A stored event, as far as queries ask of it. */
export type EventView = {
  event: EpcisEvent;
  names: Names;
  eventId: string;
  recordTime: number;
  eventTime: number;
  terms: readonly Term[];
};

export function viewOf(
  { event, context }: ContextedEvent,
  stored: { eventId: string; recordTime: Date },
): EventView {
  const names = namesIn({ event, context });
  return {
    event,
    names,
    eventId: stored.eventId,
    recordTime: stored.recordTime.getTime(),
    eventTime: momentOf(event.eventTime),
    terms: termsOf(event, names),
  };
}

/** The prefixes that hold in an event. */
export function namesIn({ event, context }: ContextedEvent): Names {
  const own = contextItems(event['@context']);
  return namesOf(own.length === 0 ? context : [...context, ...own]);
}

/** An identifier or address, whatever spelling it came in. */
export function canonicalId(text: string, names: Names): string {
  return identityOf(addressOfUrn(expandValue(text.trim(), names)));
}

/** A word of a vocabulary as its address. */
export function canonicalWord(vocabulary: Vocabulary, text: string, names: Names): string {
  return addressOfUrn(expandValue(addressOfWord(vocabulary, text.trim()), names));
}

const LISTS: readonly (readonly [name: string, field: TermField])[] = [
  ['epcList', 'epc'],
  ['childEPCs', 'child'],
  ['inputEPCList', 'input'],
  ['outputEPCList', 'output'],
  ['parentID', 'parent'],
  ['transformationID', 'transformation'],
];
const CLASSES: readonly (readonly [name: string, field: TermField])[] = [
  ['quantityList', 'epc_class'],
  ['childQuantityList', 'child_class'],
  ['inputQuantityList', 'input_class'],
  ['outputQuantityList', 'output_class'],
];
const RELATED: readonly (readonly [name: string, part: string, field: TermField])[] = [
  ['bizTransactionList', 'bizTransaction', 'transaction'],
  ['sourceList', 'source', 'source'],
  ['destinationList', 'destination', 'destination'],
];

/** By what an event is found, each once. */
export function termsOf(event: JsonObject, names: Names): Term[] {
  const found = new Map<string, Term>();
  const add = (field: TermField, text: Json | undefined) => {
    if (typeof text !== 'string') return;
    const value = canonicalId(text, names);
    found.set(`${field} ${value}`, { field, value });
  };
  for (const [name, field] of LISTS)
    if (event[name] !== undefined) for (const text of textsOf(event[name])) add(field, text);
  for (const [name, field] of CLASSES)
    if (event[name] !== undefined) for (const one of objectsOf(event[name])) add(field, one.epcClass);
  for (const [name, part, field] of RELATED)
    if (event[name] !== undefined) for (const one of objectsOf(event[name])) add(field, one[part]);
  return [...found.values()];
}

/** Step and disposition as addresses, places as canonical links: the columns that lists are filtered by. */
export function columnsOf(event: JsonObject, names: Names) {
  const word = (vocabulary: Vocabulary, value: Json | undefined) =>
    typeof value === 'string' ? canonicalWord(vocabulary, value, names) : null;
  const place = (value: Json | undefined) =>
    isObject(value) && typeof value.id === 'string' ? canonicalId(value.id, names) : null;
  return {
    bizStep: word(BIZ_STEP, event.bizStep),
    disposition: word(DISPOSITION, event.disposition),
    readPoint: place(event.readPoint),
    bizLocation: place(event.bizLocation),
  };
}

/** Transactions, sources or destinations of one type. */
export function relatedOf(
  { event, names }: EventView,
  kind: 'bizTransaction' | 'source' | 'destination',
  type: string,
): string[] {
  const vocabulary = kind === 'bizTransaction' ? TRANSACTION_TYPE : PARTY_TYPE;
  const wanted = canonicalWord(vocabulary, type, names);
  return objectsOf(event[`${kind}List`])
    .filter((one) => typeof one.type === 'string' && canonicalWord(vocabulary, one.type, names) === wanted)
    .flatMap((one) => (typeof one[kind] === 'string' ? [canonicalId(one[kind], names)] : []));
}

/** A value that stands under a name, at the top of `holders` or (`inner`) anywhere below it. */
export function valuesNamed(
  holders: readonly JsonObject[],
  name: string,
  names: Names,
  inner: boolean,
): Json[] {
  const found: Json[] = [];
  const look = (holder: JsonObject, depth: number) => {
    for (const [key, value] of Object.entries(holder)) {
      if ((inner ? depth > 0 : depth === 0) && expandName(key, names) === name)
        found.push(...(Array.isArray(value) ? value : [value]));
      if (inner)
        for (const one of Array.isArray(value) ? value : [value]) if (isObject(one)) look(one, depth + 1);
    }
  };
  for (const holder of holders) look(holder, 0);
  return found;
}

/** How a value compares: numbers and texts of numbers by size, moments by time, everything else as text. */
export function comparable(value: Json, names: Names): { text: string; size: number } {
  if (typeof value === 'number') return { text: canonicalNumber(value), size: value };
  if (typeof value === 'boolean') return { text: String(value), size: Number.NaN };
  if (typeof value !== 'string') return { text: '', size: Number.NaN };
  const moment = momentOf(value.trim());
  if (!Number.isNaN(moment)) return { text: new Date(moment).toISOString(), size: moment };
  const text = canonicalNumber(canonicalId(value, names));
  return { text, size: /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN };
}
