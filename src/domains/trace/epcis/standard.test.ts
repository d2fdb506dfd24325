/** The standard’s own documents through the REST interface, and our answers against its schema and OpenAPI. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { standardsFile, WITHOUT_STANDARDS } from '#test/standards';
import { readDocument, type Captured } from './document.ts';
import type { EpcisEvent, JsonObject } from './event.ts';
import { hashEvent } from './hash.ts';
import { bare, document, EVENTS, eventsOf, useInterface } from './interface-fixture.ts';

const { call } = useInterface();

beforeAll(async () => {
  await call('clerk', 'POST', '/capture', document(EVENTS));
});

const schemaFile = standardsFile('epcis/EPCIS-JSON-Schema.json');

describe.skipIf(!schemaFile)(`the standard’s files${schemaFile ? '' : WITHOUT_STANDARDS}`, () => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);

  it('all example documents are captured, come back equal, and our answers are valid', async () => {
    const valid = ajv.compile(JSON.parse(readFileSync(schemaFile!, 'utf8')) as object);
    const folder = schemaFile!.replace(/[^/]+$/, 'examples/');
    for (const name of readdirSync(folder)) {
      const sent = JSON.parse(readFileSync(folder + name, 'utf8')) as JsonObject & {
        epcisBody: { eventList?: JsonObject[]; queryResults?: { resultsBody: { eventList: JsonObject[] } } };
      };
      const behaviour = { 'gs1-capture-error-behaviour': 'proceed' };
      const taken = await call('clerk', 'POST', '/capture', sent, behaviour);
      expect([name, taken.status]).toEqual([name, 202]);
      for (const event of sent.epcisBody.eventList ?? sent.epcisBody.queryResults!.resultsBody.eventList) {
        const { captured } = readDocument(sent) as { captured: Captured };
        const id = event.eventID ?? hashEvent({ event: event as EpcisEvent, context: captured.context });
        const answered = await call('clerk', 'GET', `/events/${encodeURIComponent(String(id))}`);
        expect(valid(answered.json), `${name} ${JSON.stringify(valid.errors?.slice(0, 2))}`).toBe(true);
        const back = eventsOf(answered).map(bare);
        expect(back, name).toContainEqual({ eventID: id, ...bare(event) });
      }
    }
    const all = await call('clerk', 'GET', '/events?perPage=1000');
    expect(valid(all.json)).toBe(true);
  });

  it('our collections and jobs are those of the OpenAPI document', async () => {
    const openapi = JSON.parse(readFileSync(schemaFile!.replace(/[^/]+$/, 'openapi.json'), 'utf8')) as {
      components: { schemas: Record<string, object> };
    };
    const check = (name: string, json: unknown) => {
      const of = new Ajv({ strict: false, validateFormats: false });
      const ok = of.compile({ ...openapi, $ref: `#/components/schemas/${name}` });
      expect(
        ok(json),
        `${name} ${JSON.stringify(ok.errors?.slice(0, 2))} ${JSON.stringify(json).slice(0, 300)}`,
      ).toBe(true);
    };
    for (const [path, name] of [
      ['/', 'TopLevelResourceCollection'],
      ['/eventTypes', 'EventTypeCollection'],
      ['/bizSteps', 'BizStepCollection'],
      ['/dispositions', 'DispositionCollection'],
      ['/epcs', 'UriCollection'],
      ['/readPoints', 'UriCollection'],
      ['/bizSteps/packing', 'ResourceCollection'],
      ['/events/urn:uuid:none', 'RFC7807ProblemResponseBody'],
    ] as const)
      check(name, (await call('clerk', 'GET', path)).json);
  });
});
