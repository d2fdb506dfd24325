/**
 * The API against its own document: every operation is asked with good and hostile input, without a key, with a
 * key of the other commune and with the other commune's ids; every answer must be one that the document
 * declares, valid against its schema, and never a 500.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#domain/identity';
import { useApi } from './api.ts';
import { liveRandomly } from './lives.ts';
import { system, useWorld } from './world.ts';

type Schema = Record<string, unknown>;
type Operation = {
  method: string;
  path: string;
  parameters: { name: string; in: string; required?: boolean; schema?: Schema }[];
  body: Schema | null;
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};

const world = useWorld();
const api = useApi(world);
const ROLES = ['admin', 'leader', 'clerk', 'specialist', 'police', 'auditor'] as const;
let operations: Operation[] = [];
let version = '';
let keys = { here: '', there: '' };
let ours: string[] = [];
let check: (operation: Operation, response: Response) => Promise<void>;

beforeAll(async () => {
  const document = (await (await api.request('/api/v1/openapi.json')).json()) as {
    openapi: string;
    paths: Record<string, Record<string, Schema>>;
    components: Schema;
  };
  version = document.openapi;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => asOperation(path, method, described)),
  );
  check = checker(document.components);
  const keyOf = (commune: typeof world.commune) =>
    world.as(system, (ctx) => createApiKey(ctx, { name: 'k', roles: [...ROLES], validTo: null }), {
      commune,
    });
  ours = (await liveRandomly(world, 12)).ids;
  keys = { here: (await keyOf(world.commune)).key, there: (await keyOf(world.neighbour)).key };
});

function asOperation(path: string, method: string, described: Schema): Operation {
  const body = described.requestBody as { content: Record<string, { schema: Schema }> } | undefined;
  return {
    method: method.toUpperCase(),
    path,
    parameters: (described.parameters ?? []) as Operation['parameters'],
    body: body?.content['application/json']?.schema ?? null,
    responses: described.responses as Operation['responses'],
  };
}

function checker(components: Schema) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'xa', components });
  const pointed = (schema: unknown): unknown =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"xa#/components/'));
  return async (operation: Operation, response: Response) => {
    const name = `${operation.method} ${operation.path} → ${response.status}`;
    const declared = operation.responses[String(response.status)];
    expect(declared, `${name} is not declared`).toBeDefined();
    const type = (response.headers.get('content-type') ?? '').split(';')[0]!;
    const schema = declared?.content?.[type]?.schema;
    if (declared?.content) expect(schema, `${name}: ${type} is not declared`).toBeDefined();
    if (!schema || !type.includes('json')) return;
    const valid = ajv.validate(pointed(schema) as Schema, await response.json());
    expect(ajv.errorsText(ajv.errors), name).toBe('No errors');
    expect(valid).toBe(true);
  };
}

type Asked = {
  key?: string;
  host?: string;
  params?: Record<string, string>;
  query?: string;
  body?: string;
  type?: string;
};

function ask(operation: Operation, asked: Asked): Promise<Response> {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(asked.params?.[name] ?? '01900000-0000-7000-8000-000000000009'),
  );
  const headers: Record<string, string> = { host: asked.host ?? 'localhost' };
  if (asked.key) headers.authorization = `Bearer ${asked.key}`;
  const withBody = operation.method !== 'GET' && operation.method !== 'HEAD';
  if (withBody) headers['content-type'] = asked.type ?? 'application/json';
  const body = withBody ? (asked.body ?? '{}') : undefined;
  return Promise.resolve(
    api.request(`/api/v1${path.replace(/^\/api\/v1/, '')}${asked.query ?? ''}`, {
      method: operation.method,
      headers,
      ...(body === undefined ? {} : { body }),
    }),
  );
}

/** Alone in a path these name another address: whoever asks resolves them before the server sees them. */
const DOTS = ['.', '..'];
const hostile = fc
  .oneof(
    fc.constantFrom(
      '',
      "'; drop table commune; --",
      '../../etc/passwd',
      '\u0000',
      '\ud800',
      '‮',
      '9'.repeat(400),
      'NaN',
      '-1',
      '1e9',
      '<script>',
      '%',
      '{}',
      'null',
      'commune:',
      'hamlet:x',
    ),
    fc.string({ maxLength: 60 }),
  )
  .filter((text) => !DOTS.includes(text));

describe('every operation', () => {
  it('is there: measures, office time, dossiers, tracking', () => {
    expect(version).toBe('3.1.0');
    const paths = operations.map(({ path }) => path.replace(/^\/api\/v1/, ''));
    expect(paths).toEqual(
      expect.arrayContaining([
        '/measures',
        '/measures/{name}',
        '/office-time/due',
        '/dossiers',
        '/dossiers/{id}',
        '/track',
      ]),
    );
  });

  it('answers as declared with nothing, with a key, and with a key of the other commune', async () => {
    for (const operation of operations) {
      for (const key of [undefined, keys.here, keys.there, 'xa_not_a_key_at_all_but_long_enough']) {
        await check(operation, await ask(operation, key === undefined ? {} : { key }));
      }
    }
  });

  it('answers hostile parameters and bodies as declared, never with a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(hostile, { minLength: 8, maxLength: 8 }),
        fc.json(),
        async (at, words, json) => {
          const operation = operations[at % operations.length]!;
          const params = Object.fromEntries(
            operation.parameters
              .filter((one) => one.in === 'path')
              .map((one, i) => [one.name, words[i] || 'x']),
          );
          const asked = operation.parameters
            .filter((one) => one.in === 'query')
            .map((one, i) => [one.name, words[i % words.length]!.toWellFormed()]);
          const query = `?${new URLSearchParams(asked)}`;
          for (const value of Object.values(params))
            if (!value.isWellFormed() || value.includes('\u0000')) return;
          const response = await ask(operation, { key: keys.here, params, query, body: json });
          expect(response.status, `${operation.method} ${operation.path}${query}`).toBeLessThan(500);
          // An address that a hostile parameter turned into another one is not this operation's.
          if (response.status !== 404) await check(operation, response);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('refuses bodies that are no JSON, too large, or of another kind', async () => {
    for (const operation of operations.filter(({ body }) => body !== null)) {
      const broken = await ask(operation, { key: keys.here, body: '{"a":' });
      expect(broken.status, operation.path).toBe(400);
      await check(operation, broken);
      const huge = await ask(operation, { key: keys.here, body: `"${'x'.repeat(31 * 1024 * 1024)}"` });
      expect(huge.status, operation.path).toBe(413);
      const other = await ask(operation, {
        key: keys.here,
        body: 'a=b',
        type: 'application/x-www-form-urlencoded',
      });
      expect([400, 415, 422], `${operation.path} ${other.status}`).toContain(other.status);
    }
  });
});

describe('what is no operation', () => {
  it('names the methods that an address takes', async () => {
    for (const { method, path } of operations) {
      const at = path.replaceAll(/\{\w+\}/g, '01900000-0000-7000-8000-000000000009');
      for (const other of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const response = await api.request(at, { method: other });
        expect(response.status, `${other} ${at}`).toBe(405);
        expect(response.headers.get('allow')).toContain(method);
        expect(response.headers.get('content-type')).toBe('application/problem+json');
      }
    }
    for (const path of ['/nothing', '/dossiers/x/y', '/measuresx'])
      expect((await api.request(`/api/v1${path}`, { method: 'POST' })).status, path).toBe(404);
  });

  it('refuses what PostgreSQL cannot keep, in addresses and in bodies', async () => {
    const authorization = `Bearer ${keys.here}`;
    for (const path of [
      '/procedures/%00',
      '/measures/services.dossiers.received?scope=procedure:a%00b',
      '/measures/services.dossiers.received/records?scope=channel:%00',
      '/dossiers?procedure=%00',
      '/notifications/log?code=%00',
    ]) {
      const response = await api.request(`/api/v1${path}`, { headers: { authorization } });
      expect([404, 422], path).toContain(response.status);
    }
    const filing = {
      procedure: 'a\u0000b',
      answers: {},
      applicant: { name: 'Nguyễn Thị Ánh', phone: null },
      papers: {},
      client_id: 'with-a-nul',
    };
    const response = await api.request('/api/v1/dossiers', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(filing),
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'input.bad_text' });
  });
});

describe('the other commune', () => {
  it('sees nothing of ours by id in any route', async () => {
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      for (const id of ours.slice(0, 3)) {
        const params = Object.fromEntries(operation.parameters.map(({ name }) => [name, id]));
        const body = JSON.stringify({ kind: 'remark', data: { text: 'x' } });
        const response = await ask(operation, { key: keys.there, host: 'phu-do.localhost', params, body });
        expect(
          [401, 403, 404, 405, 422],
          `${operation.method} ${operation.path} ${response.status}`,
        ).toContain(response.status === 200 && operation.path.includes('/check/') ? 404 : response.status);
      }
    }
  });

  it('counts and lists nothing of ours', async () => {
    for (const path of [
      '/dossiers?view=all',
      '/dossiers?view=all&search=a',
      '/measures/services.dossiers.received',
    ]) {
      const response = await api.request(`/api/v1${path}`, {
        headers: { host: 'phu-do.localhost', authorization: `Bearer ${keys.there}` },
      });
      const answer = (await response.json()) as { total?: number; numerator?: number };
      expect(answer.total ?? answer.numerator, path).toBe(0);
    }
  });
});
