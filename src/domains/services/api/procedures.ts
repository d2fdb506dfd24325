/** Procedures for anybody: the list with search in everyday words, and one with everything it asks for. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  DateInput,
  Day,
  jsonOf,
  OPTIONAL_KEY,
  pageOf,
  pageQuery,
  pageRange,
  problemResponses,
} from '#kernel/api';
import { mustExist } from '#kernel/errors';
import type { Api } from '#kernel/manifest';
import { localDateOf } from '#kernel/time';
import { FIELDS_OF_LAW, type ProcedureVersion } from '../procedure.ts';
import { findProcedureOn, publishedOn } from '../procedure.queries.ts';
import { searchProcedures } from '../search-procedures.ts';

const Both = z.object({ vi: z.string(), en: z.string() });
const Source = z.object({
  text: z.string(),
  article: z.string().nullable(),
  mark: z.string().openapi({ description: 'F found in the text; anything else was not checked against it.' }),
});
const Online = z.enum(['full', 'partial', 'counter']);

const Summary = z
  .object({
    code: z.string().openapi({ example: '1.001193' }),
    version: z.int(),
    valid_from: Day,
    valid_to: Day.nullable(),
    name: Both,
    field: z.enum(FIELDS_OF_LAW),
    online_level: Online,
    verified: z.boolean(),
  })
  .openapi('ProcedureSummary');

const Detail = Summary.extend({
  who_may_file: Both,
  received_from_anywhere: z.boolean(),
  agency: z.string(),
  legal_basis: z.array(Source),
  time_limit: z
    .object({
      amount: z.int(),
      unit: z.string(),
      cutoff: z.string().nullable(),
      text: Both,
      extended_by: z.object({ amount: z.int(), unit: z.string(), when: Both }).nullable(),
      source: Source,
    })
    .nullable(),
  fee: z.object({
    text: Both.openapi({ description: 'Verbatim; it binds.' }),
    rule: z
      .record(z.string(), z.unknown())
      .nullable()
      .openapi({ description: 'How it is computed; null where the province sets the amount.' }),
    exemptions: z.array(z.object({ code: z.string(), label: Both, percent: z.int(), source: Source })),
    source: Source,
  }),
  online_reason: Both.nullable(),
  papers: z.array(
    z.object({
      code: z.string(),
      name: Both,
      kind: z.string(),
      count: z.int(),
      required: z.boolean(),
      when: Both.nullable(),
    }),
  ),
  form: z.object({ id: z.string(), version: z.int() }),
  steps: z.array(z.object({ code: z.string(), name: Both, role: z.string(), share: z.int() })),
  result: z.object({ name: Both, media: z.array(z.string()), validity: Both.nullable() }),
}).openapi('Procedure');

const listRoute = createRoute({
  method: 'get',
  path: '/procedures',
  tags: ['procedures'],
  summary: 'Published procedures, searched in everyday words; the best first',
  security: OPTIONAL_KEY,
  request: {
    query: pageQuery({
      search: z.string().max(200).optional(),
      field: z.enum(FIELDS_OF_LAW).optional(),
      on: DateInput.optional(),
    }),
  },
  responses: { 200: jsonOf(pageOf(Summary), 'One page'), ...problemResponses() },
});

const readRoute = createRoute({
  method: 'get',
  path: '/procedures/{code}',
  tags: ['procedures'],
  summary: 'A procedure as it is, or was, on a day',
  security: OPTIONAL_KEY,
  request: {
    params: z.object({
      code: z
        .string()
        .max(40)
        .openapi({ param: { name: 'code', in: 'path' } }),
    }),
    query: z.strictObject({ on: DateInput.optional() }),
  },
  responses: { 200: jsonOf(Detail, 'The version of that day'), ...problemResponses() },
});

function summaryOf(version: ProcedureVersion): z.infer<typeof Summary> {
  return {
    code: version.code,
    version: version.version,
    valid_from: version.validFrom,
    valid_to: version.validTo,
    name: version.name,
    field: version.field,
    online_level: version.online.level,
    verified: version.verified,
  };
}

function limitOf(limit: NonNullable<ProcedureVersion['timeLimit']>) {
  const { amount, unit, cutoff, text, extendedBy, source } = limit;
  const longer = extendedBy && { amount: extendedBy.amount, unit: extendedBy.unit, when: extendedBy.when };
  return { amount, unit, cutoff, text, extended_by: longer, source };
}

function detailOf(version: ProcedureVersion): z.infer<typeof Detail> {
  return {
    ...summaryOf(version),
    who_may_file: version.whoMayFile,
    received_from_anywhere: version.receivedFromAnywhere,
    agency: version.agency,
    legal_basis: version.legalBasis,
    time_limit: version.timeLimit && limitOf(version.timeLimit),
    fee: version.fee,
    online_reason: version.online.reason,
    papers: version.papers.map(({ code, name, kind, count, required, when }) => ({
      code,
      name,
      kind,
      count,
      required,
      when,
    })),
    form: version.form,
    steps: version.steps,
    result: { name: version.result.name, media: version.result.media, validity: version.result.validity },
  };
}

export function proceduresApi(api: Api): void {
  api.openapi(listRoute, async (c) => {
    const { search, field, on, ...page } = c.req.valid('query');
    const all = await c.var.run((ctx) => publishedOn(ctx, on ?? localDateOf(ctx.now)));
    const inField = field ? all.filter((version) => version.field === field) : all;
    const found = search?.trim() ? searchProcedures(inField, search).map((hit) => hit.procedure) : inField;
    const { offset, limit } = pageRange(page);
    const items = found.slice(offset, offset + limit).map(summaryOf);
    return c.json({ items, total: found.length, page: page.page, per_page: page.per_page }, 200);
  });
  api.openapi(readRoute, async (c) => {
    const { code } = c.req.valid('param');
    const { on } = c.req.valid('query');
    const found = await c.var.run((ctx) => findProcedureOn(ctx, code, on ?? localDateOf(ctx.now)));
    return c.json(detailOf(mustExist(found, 'services.procedure')), 200);
  });
}
