/** Measures of every room over the API: the list, one value, and the records behind it. */
import { createRoute, z } from '@hono/zod-openapi';
import { DOMAINS } from '../domains.ts';
import {
  DateInput,
  Day,
  Instant,
  jsonOf,
  OPTIONAL_KEY,
  pageOf,
  pageQuery,
  pageRange,
  problemResponses,
} from '#kernel/api';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { formatIso } from '#kernel/format';
import type { Api } from '#kernel/manifest';
import { displayValue, type Measure, type MeasureQuestion, type MeasureValue } from '#kernel/measures';
import { grantsOf } from '#kernel/context';
import { localDateOf } from '#kernel/time';

const ALL: readonly Measure[] = DOMAINS.flatMap((room) => room.measures ?? []);

/** Every measure that the reader may see. */
export function measuresFor(ctx: Ctx): Measure[] {
  return ALL.filter((measure) => maySee(ctx, measure));
}

/** @throws AppError `measures.not_found` (404), also for one that the reader may not see */
export function getMeasure(ctx: Ctx, name: string): Measure {
  return mustExist(
    measuresFor(ctx).find((measure) => measure.name === name),
    'measures',
  );
}

function maySee(ctx: Ctx, measure: Measure): boolean {
  return measure.audience === 'public' || ctx.actor.kind === 'system' || grantsOf(ctx.actor).length > 0;
}

/** A scope that the measure does not know is refused, and to strangers the figures of one official. */
function checkScope(ctx: Ctx, measure: Measure, { scope }: MeasureQuestion): void {
  const kind = scope.split(':', 1)[0]!;
  if (!measure.scopes.includes(kind) || (scope !== 'commune' && !/:./.test(scope)))
    throw new AppError('measures.unknown_scope', 422, {}, { scope: 'measures.unknown_scope' });
  const stranger = ctx.actor.kind !== 'system' && grantsOf(ctx.actor).length === 0;
  if (kind === 'officer' && stranger) throw new AppError('refused', 403);
}

/** Asks a measure; a scope that it does not know is refused. */
export async function askMeasure(
  ctx: Ctx,
  measure: Measure,
  question: MeasureQuestion,
): Promise<MeasureValue> {
  checkScope(ctx, measure, question);
  const computed = await measure.compute(ctx, question);
  const { asOf: as_of, scope, from } = question;
  const records = new URLSearchParams({ as_of, scope, ...(from ? { from } : {}) });
  return {
    name: measure.name,
    scope,
    as_of,
    ...computed,
    display: displayValue(measure.unit, computed, ctx.locale),
    records: `/api/v1/measures/${measure.name}/records?${records}`,
  };
}

const Texts = z.object({ vi: z.string(), en: z.string() });
const Described = z
  .object({
    name: z.string(),
    title: Texts,
    meaning: Texts,
    unit: z.enum(['count', 'share', 'days', 'points', 'money', 'hectares', 'kilograms']),
    scopes: z.array(z.string()),
    audience: z.enum(['public', 'staff']),
    address: z.string(),
  })
  .openapi('Measure');

const Value = z
  .object({
    name: z.string(),
    scope: z.string(),
    as_of: Day,
    numerator: z.int(),
    denominator: z.int().nullable(),
    value: z.number().nullable(),
    measured: z.object({ part: z.int(), whole: z.int() }).optional().openapi({
      description: 'For a share of length: metres summed over the records of both lists.',
    }),
    display: z.string().openapi({ example: '99,4 %' }),
    records: z.string().openapi({ description: 'Address of the list behind the number.' }),
  })
  .openapi('MeasureValue');

const Row = z
  .object({
    id: z.string(),
    at: Instant,
    label: z.string(),
    href: z.string().nullable(),
    columns: z.record(z.string(), z.string()),
  })
  .openapi('MeasureRecord');

const Name = z.object({
  name: z
    .string()
    .max(100)
    .openapi({ param: { name: 'name', in: 'path' } }),
});
const asked = {
  as_of: DateInput.optional(),
  from: DateInput.optional(),
  scope: z.string().max(120).default('commune'),
};

const listRoute = createRoute({
  method: 'get',
  path: '/measures',
  tags: ['measures'],
  summary: 'Every measure that you may see',
  security: OPTIONAL_KEY,
  responses: { 200: jsonOf(z.object({ items: z.array(Described) }), 'The measures'), ...problemResponses() },
});
const valueRoute = createRoute({
  method: 'get',
  path: '/measures/{name}',
  tags: ['measures'],
  summary: 'One number, as of the end of a day (today when not given)',
  security: OPTIONAL_KEY,
  request: { params: Name, query: z.strictObject(asked) },
  responses: { 200: jsonOf(Value, 'The number'), ...problemResponses() },
});
const recordsRoute = createRoute({
  method: 'get',
  path: '/measures/{name}/records',
  tags: ['measures'],
  summary: 'The records behind a number; masked for strangers',
  security: OPTIONAL_KEY,
  request: {
    params: Name,
    query: pageQuery({ ...asked, part: z.enum(['numerator', 'denominator']).default('numerator') }),
  },
  responses: { 200: jsonOf(pageOf(Row), 'One page of records'), ...problemResponses() },
});

/** Adds the measures of all rooms to the API: which there are, one number, the records behind it. */
export function measuresApi(api: Api): void {
  api.openapi(listRoute, async (c) => {
    const found = await c.var.run(async (ctx) => measuresFor(ctx));
    const items = found.map(({ name, title, meaning, unit, scopes, audience }) => {
      return {
        name,
        title,
        meaning,
        unit,
        scopes: [...scopes],
        audience,
        address: `/api/v1/measures/${name}`,
      };
    });
    return c.json({ items }, 200);
  });
  api.openapi(valueRoute, async (c) => {
    const { name } = c.req.valid('param');
    const query = c.req.valid('query');
    return c.json(
      await c.var.run((ctx) => askMeasure(ctx, getMeasure(ctx, name), questionOf(ctx, query))),
      200,
    );
  });
  api.openapi(recordsRoute, async (c) => {
    const { name } = c.req.valid('param');
    const query = c.req.valid('query');
    const { total, records } = await c.var.run((ctx) => {
      const measure = getMeasure(ctx, name);
      const question = questionOf(ctx, query);
      checkScope(ctx, measure, question);
      return measure.list(ctx, question, query.part, pageRange(query));
    });
    const items = records.map((record) => ({ ...record, at: formatIso(record.at) }));
    return c.json({ items, total, page: query.page, per_page: query.per_page }, 200);
  });
}

function questionOf(
  ctx: Ctx,
  query: { as_of?: string | undefined; from?: string | undefined; scope: string },
): MeasureQuestion {
  const asOf = query.as_of ?? localDateOf(ctx.now);
  return { asOf, scope: query.scope, ...(query.from ? { from: query.from } : {}) };
}
