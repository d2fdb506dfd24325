/** Documents of events: what is taken out of one that was sent, and how an answer is put together. */
import { context as contextCheck } from './rules.ts';
import { isTime, isUri, type Fault } from './checks.ts';
import { EPCIS_CONTEXT, isObject, type ContextedEvent, type Json, type JsonObject } from './event.ts';

/** A document that was sent: its events, each with the context of the document, and its master data. */
export type Captured = { context: readonly Json[]; events: readonly Json[]; masterData: readonly Json[] };

const HEAD = new Set(
  '@context id type schemaVersion creationDate instanceIdentifier sender receiver epcisHeader epcisBody'.split(
    ' ',
  ),
);

/**
 * Takes the events out of an EPCISDocument, an EPCISQueryDocument, or a single event with its own `@context`.
 * @returns what is wrong with the document itself; its events are checked one by one by whoever stores them
 */
export function readDocument(value: Json): { ok: true; captured: Captured } | { ok: false; faults: Fault[] } {
  if (!isObject(value)) return { ok: false, faults: [{ path: '', code: 'object' }] };
  const faults: Fault[] = [];
  if (value['@context'] === undefined) faults.push({ path: '/@context', code: 'missing' });
  else contextCheck(value['@context'], '/@context', faults);
  const isDocument = value.type === 'EPCISDocument' || value.type === 'EPCISQueryDocument';
  const events = isDocument ? eventsOf(value, faults) : [value];
  if (faults.length > 0) return { ok: false, faults };
  const context = isDocument ? contextItems(value['@context']) : [];
  return { ok: true, captured: { context, events, masterData: isDocument ? masterDataOf(value) : [] } };
}

function eventsOf(value: JsonObject, faults: Fault[]): readonly Json[] {
  const wrong = (path: string, code: string) => void faults.push({ path, code });
  for (const name of Object.keys(value))
    if (!HEAD.has(name) && !isUri(name)) wrong(`/${name}`, 'unknown_field');
  if (value.id !== undefined && !isUri(value.id)) wrong('/id', 'uri');
  for (const name of ['instanceIdentifier', 'sender', 'receiver'])
    if (value[name] !== undefined && typeof value[name] !== 'string') wrong(`/${name}`, 'text');
  const asked = value.type === 'EPCISQueryDocument';
  if (
    typeof value.schemaVersion !== 'string'
      ? !asked || value.schemaVersion !== undefined
      : !/^\d+(?:\.\d+)*$/.test(value.schemaVersion)
  )
    wrong('/schemaVersion', 'version');
  if (!isTime(value.creationDate) && !(asked && value.creationDate === undefined))
    wrong('/creationDate', 'time');
  const header = value.epcisHeader;
  if (header !== undefined && !isObject(header)) wrong('/epcisHeader', 'object');
  const body = isObject(value.epcisBody) ? value.epcisBody : {};
  const results = asked && isObject(body.queryResults) ? body.queryResults : {};
  const holder = asked ? (isObject(results.resultsBody) ? results.resultsBody : {}) : body;
  if (asked && typeof results.queryName !== 'string') wrong('/epcisBody/queryResults/queryName', 'missing');
  if (Array.isArray(holder.eventList)) return holder.eventList;
  wrong('/epcisBody/eventList', 'missing');
  return [];
}

function masterDataOf({ epcisHeader }: JsonObject): readonly Json[] {
  const data =
    isObject(epcisHeader) && isObject(epcisHeader.epcisMasterData) ? epcisHeader.epcisMasterData : {};
  return Array.isArray(data.vocabularyList) ? data.vocabularyList : [];
}

/** A context as the list of its items. */
export function contextItems(context: Json | undefined): readonly Json[] {
  if (context === undefined || context === null) return [];
  return Array.isArray(context) ? context : [context];
}

/**
 * An answer to a query. Events keep what they said; what their documents said beside them (prefixes) comes once, at
 * the top, and where two documents meant different things by one prefix, in the event itself.
 */
export function queryDocument(
  events: readonly ContextedEvent[],
  {
    queryName = 'SimpleEventQuery',
    subscriptionID,
    creationDate,
  }: { queryName?: string; subscriptionID?: string; creationDate: Date },
): JsonObject {
  const shared = new Map<string, Json>();
  const prefixes = new Map<string, string>();
  const eventList = events.map(({ event, context }) => {
    const extra = context.filter((item) => item !== EPCIS_CONTEXT);
    if (extra.every((item) => fits(item, prefixes))) {
      for (const item of extra) take(item, shared, prefixes);
      return event;
    }
    return {
      '@context': [EPCIS_CONTEXT, ...extra, ...contextItems(event['@context'])],
      ...withoutContext(event),
    };
  });
  return {
    '@context': [EPCIS_CONTEXT, ...shared.values()],
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: creationDate.toISOString(),
    epcisBody: {
      queryResults: {
        queryName,
        ...(subscriptionID === undefined ? {} : { subscriptionID }),
        resultsBody: { eventList },
      },
    },
  };
}

function withoutContext(event: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== '@context'));
}

function fits(item: Json, prefixes: ReadonlyMap<string, string>): boolean {
  if (!isObject(item)) return true;
  return Object.entries(item).every(
    ([name, value]) => (prefixes.get(name) ?? JSON.stringify(value)) === JSON.stringify(value),
  );
}

function take(item: Json, shared: Map<string, Json>, prefixes: Map<string, string>): void {
  shared.set(JSON.stringify(item), item);
  if (!isObject(item)) return;
  for (const [name, value] of Object.entries(item)) prefixes.set(name, JSON.stringify(value));
}
