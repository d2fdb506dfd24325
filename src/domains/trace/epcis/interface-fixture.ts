/** A world for tests of the REST interface: keys of a clerk and of two producers, and six events of a lot. */
import { beforeAll, expect } from 'vitest';
import { createApiKey } from '#domain/identity';
import { useEpcis } from '#test/api';
import { system, useWorld } from '#test/world';
import { EPCIS_CONTEXT, type Json, type JsonObject } from './event.ts';

export type Who = 'clerk' | 'one' | 'two' | null;
const PRODUCERS = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'];

/** Use once at the top of a file. */
export function useInterface() {
  const world = useWorld();
  const epcis = useEpcis(world);
  const keys = { clerk: '', one: '', two: '' };
  beforeAll(async () => {
    await world.as(system, async (ctx) => {
      keys.clerk = (await createApiKey(ctx, { name: 'c', roles: ['clerk'], validTo: null })).key;
      keys.one = (
        await createApiKey(ctx, { name: '1', roles: [], validTo: null, producerId: PRODUCERS[0]! })
      ).key;
      keys.two = (
        await createApiKey(ctx, { name: '2', roles: [], validTo: null, producerId: PRODUCERS[1]! })
      ).key;
    });
  });

  async function call(
    who: Who,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const response = await epcis.request(`/api/epcis/v2${path}`, {
      method,
      headers: {
        ...(who ? { authorization: `Bearer ${keys[who]}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/ld+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      json: (text === '' ? null : JSON.parse(text)) as JsonObject,
    };
  }

  /** The numbers of the events found, or their ids. */
  async function ids(who: Who, path: string): Promise<string[]> {
    const events = eventsOf(await call(who, 'GET', path));
    return events.map(({ 'ex:n': n, eventID }) => String(n ?? eventID));
  }

  return { world, call, ids };
}

export function eventsOf(answer: { json: JsonObject }): JsonObject[] {
  const body = answer.json as { epcisBody?: { queryResults: { resultsBody: { eventList: JsonObject[] } } } };
  expect(body.epcisBody, JSON.stringify(answer.json)).toBeDefined();
  return body.epcisBody!.queryResults.resultsBody.eventList;
}

export function document(events: Json[], extra: JsonObject = {}): JsonObject {
  return {
    '@context': [EPCIS_CONTEXT, { ex: 'https://ns.example.com/' }],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-03-01T00:00:00Z',
    ...extra,
    epcisBody: { eventList: events },
  };
}

/** An event without what a store adds. */
export function bare(event: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(event).filter(([name]) => name !== 'recordTime' && name !== '@context'),
  );
}

export const LOT = 'https://id.gs1.org/01/08938500000010/10/CHE-01';
export const BASE: JsonObject = {
  type: 'ObjectEvent',
  eventTime: '2026-03-01T08:00:00+07:00',
  eventTimeZoneOffset: '+07:00',
  action: 'OBSERVE',
};
export const EVENTS: JsonObject[] = [
  {
    ...BASE,
    'ex:n': '1',
    action: 'ADD',
    bizStep: 'commissioning',
    disposition: 'active',
    quantityList: [{ epcClass: 'urn:epc:class:lgtin:8938500.000001.CHE-01', quantity: 12.5, uom: 'KGM' }],
    readPoint: { id: 'urn:epc:id:sgln:8938500.00001.1' },
    ilmd: { 'ex:grade': '7', 'cbvmda:lotNumber': 'CHE-01', 'ex:deep': { 'ex:inner': 'x' } },
  },
  {
    ...BASE,
    'ex:n': '2',
    eventTime: '2026-03-02T08:00:00+07:00',
    bizStep: 'packing',
    epcList: ['urn:epc:id:sgtin:8938500.000001.A1', 'urn:epc:id:sgtin:8938500.000001.A2'],
    bizLocation: { id: 'https://id.gs1.org/414/8938500000010' },
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:8938500000010:7' }],
  },
  {
    ...BASE,
    'ex:n': '3',
    type: 'AggregationEvent',
    action: 'ADD',
    eventTime: '2026-03-03T08:00:00+07:00',
    bizStep: 'packing',
    parentID: 'urn:epc:id:sscc:8938500.0000000001',
    childEPCs: [`https://tuc-tranh.example/01/08938500000010/21/A1`],
    sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:8938500.00000' }],
  },
  {
    ...BASE,
    'ex:n': '4',
    eventTime: '2026-03-04T08:00:00+07:00',
    bizStep: 'sensor_reporting',
    readPoint: { id: 'https://id.gs1.org/414/8938500000010/254/dryer' },
    sensorElementList: [
      {
        sensorMetadata: { time: '2026-03-04T01:00:00Z', deviceID: 'urn:epc:id:giai:8938500.D1' },
        sensorReport: [{ type: 'Temperature', value: 81.5, uom: 'CEL' }],
      },
    ],
  },
  {
    ...BASE,
    'ex:n': '5',
    type: 'TransformationEvent',
    action: undefined as never,
    eventTime: '2026-03-05T08:00:00+07:00',
    inputQuantityList: [{ epcClass: LOT, quantity: 5, uom: 'KGM' }],
    outputEPCList: ['urn:epc:id:sgtin:8938500.000002.B1'],
    persistentDisposition: { set: ['completeness_verified'] },
  },
  {
    ...BASE,
    'ex:n': '6',
    eventID: 'urn:uuid:11111111-1111-4111-8111-111111111111',
    eventTime: '2026-03-06T08:00:00+07:00',
    epcList: ['urn:epc:id:giai:8938500.X'],
    errorDeclaration: {
      declarationTime: '2026-03-07T00:00:00Z',
      reason: 'incorrect_data',
      correctiveEventIDs: ['urn:uuid:22222222-2222-4222-8222-222222222222'],
    },
  },
].map((event) => JSON.parse(JSON.stringify(event)) as JsonObject);

/** Changes the n-th value of an event or document (counted through it), or takes it away. */
export function damage(value: Json, spot: number, into: Json, remove: boolean): number {
  if (typeof value !== 'object' || value === null) return spot;
  const holder = value as JsonObject;
  for (const name of Object.keys(holder)) {
    if (spot-- === 0) {
      if (remove && !Array.isArray(value)) delete holder[name];
      else holder[name] = into;
      return -1;
    }
    spot = damage(holder[name]!, spot, into, remove);
    if (spot < 0) return -1;
  }
  return spot;
}
