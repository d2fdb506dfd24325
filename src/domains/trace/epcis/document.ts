/** Documents of events: what is taken out of one that was sent, and how an answer is put together. */
import { context as contextCheck } from './rules.ts';
import { anything, list, object, shaped, text, time, uri, type Check, type Fault } from './checks.ts';
import { EPCIS_CONTEXT, isObject, type ContextedEvent, type Json, type JsonObject } from './event.ts';

/** A document that was sent: its events, each with the context of the document, and its master data. */
export type Captured = { context: readonly Json[]; events: readonly Json[]; masterData: readonly Json[] };

const attribute = object(
  {
    id: uri,
    attribute: (value, path, faults) => {
      if (typeof value !== 'number' && typeof value !== 'string' && !isObject(value))
        faults.push({ path, code: 'attribute' });
    },
  },
  { required: ['id'], loose: true },
);
const element = object(
  { id: uri, attributes: list(attribute), children: list(uri) },
  { required: ['id'], loose: true },
);
const vocabularies = list(
  object({ type: uri, vocabularyElementList: list(element) }, { required: ['type'], loose: true }),
);
/** The events are checked one by one by whoever stores them. */
const events: Check = (value, path, faults) => {
  if (!Array.isArray(value)) faults.push({ path, code: 'list' });
};
const HEAD = {
  '@context': contextCheck,
  id: uri,
  type: anything,
  schemaVersion: shaped(/^\d+(?:\.\d+)*$/, 'version'),
  creationDate: time,
};

/** What stands around the events, as the schema has it. */
const AROUND: ReadonlyMap<string, Check> = new Map(
  Object.entries({
    EPCISDocument: object(
      {
        ...HEAD,
        instanceIdentifier: text,
        sender: text,
        receiver: text,
        epcisHeader: object(
          { epcisMasterData: object({ vocabularyList: vocabularies }, { loose: true }) },
          { open: true },
        ),
        epcisBody: object({ eventList: events }, { required: ['eventList'], loose: true }),
      },
      { required: ['@context', 'schemaVersion', 'creationDate', 'epcisBody'], open: true },
    ),
    EPCISQueryDocument: object(
      {
        ...HEAD,
        epcisBody: object(
          {
            queryResults: object(
              {
                queryName: text,
                subscriptionID: text,
                resultsBody: object(
                  { eventList: events, vocabularyList: vocabularies },
                  { required: ['eventList'], open: true },
                ),
              },
              { required: ['queryName', 'resultsBody'], open: true },
            ),
          },
          { required: ['queryResults'], open: true },
        ),
      },
      { required: ['@context', 'epcisBody'], open: true },
    ),
  }),
);

/**
 * Takes the events out of an EPCISDocument, an EPCISQueryDocument, or a single event with its own `@context`.
 * @returns what is wrong with the document itself; its events are checked one by one by whoever stores them
 */
export function readDocument(value: Json): { ok: true; captured: Captured } | { ok: false; faults: Fault[] } {
  if (!isObject(value)) return { ok: false, faults: [{ path: '', code: 'object' }] };
  const faults: Fault[] = [];
  const around = AROUND.get(String(value.type));
  if (around) around(value, '', faults);
  else if (value['@context'] === undefined) faults.push({ path: '/@context', code: 'missing' });
  else contextCheck(value['@context'], '/@context', faults);
  if (faults.length > 0) return { ok: false, faults };
  if (!around) return { ok: true, captured: { context: [], events: [value], masterData: [] } };
  const body = value.epcisBody as JsonObject;
  const results = body.queryResults as { resultsBody: JsonObject } | undefined;
  const { eventList } = value.type === 'EPCISDocument' ? body : results!.resultsBody;
  const context = contextItems(value['@context']);
  return { ok: true, captured: { context, events: eventList as Json[], masterData: masterDataOf(value) } };
}

/** Vocabularies of a document's header, or beside the events of an answer to a query. */
function masterDataOf({ epcisHeader, epcisBody }: JsonObject): readonly Json[] {
  const part = (value: Json | undefined, name: string) => (isObject(value) ? value[name] : undefined);
  const told = part(part(epcisHeader, 'epcisMasterData'), 'vocabularyList');
  const answered = part(part(part(epcisBody, 'queryResults'), 'resultsBody'), 'vocabularyList');
  return [told, answered].flatMap((one) => (Array.isArray(one) ? one : []));
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
