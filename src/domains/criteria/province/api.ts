import { createRoute, z } from '@hono/zod-openapi';
import { Day, Instant, jsonOf, OPTIONAL_KEY, problemResponses } from '#kernel/api';
import { formatIso } from '#kernel/format';
import type { Api } from '#kernel/manifest';
import { AppError } from '#kernel/errors';
import { SMART_COMMUNE } from '../catalog.ts';
import { STATUSES } from '../rollup.ts';
import { comparedSets, questionIn, readComparison } from './view.ts';

const Total = z.object({ reached: z.int(), all: z.int() });
const Value = z.object({
  code: z.string(),
  status: z.enum(STATUSES),
  judged: z.enum(['reached', 'not_reached', 'unknown']),
  value: z.number().nullable(),
  hidden: z.enum(['staff', 'few']).nullable().openapi({
    description: 'Why the value is not told: only officials may see it, or it is about fewer than five.',
  }),
  threshold: z.number(),
  gap: z.number().nullable(),
  from: z.enum(['live', 'typed', 'none']),
  of: z.int().nullable().openapi({ description: 'Of how many records it is a share.' }),
});
const Published = z
  .object({
    id: z.uuid(),
    commune: z.string(),
    set: z.string(),
    version: z.int(),
    group: z.int(),
    as_of: Day,
    live: z.boolean(),
    reach: z.enum(['public', 'province']),
    published_at: Instant,
    totals: z.object({ themes: Total, objectives: Total, indicators: Total }),
    values: z.array(Value),
  })
  .openapi('PublishedCriteria');

const route = createRoute({
  method: 'get',
  path: '/criteria/communes',
  tags: ['criteria'],
  summary:
    'The boards that communes published; on the province’s own site, with its key, also those for the province alone',
  security: OPTIONAL_KEY,
  request: { query: z.strictObject({ set: z.string().max(40).default(SMART_COMMUNE) }) },
  responses: { 200: jsonOf(z.object({ items: z.array(Published) }), 'The boards'), ...problemResponses() },
});

/** Adds what communes published of their boards to the API. */
export function provinceApi(api: Api): void {
  api.openapi(route, async (c) => {
    const { set } = c.req.valid('query');
    if (!comparedSets().some(({ code }) => code === set)) throw new AppError('criteria.set.not_found', 404);
    const found = await c.var.run((ctx) => readComparison(ctx, questionIn(new URLSearchParams({ set }))));
    const items = found.map(
      ({ id, commune, version, group, asOf, live, reach, publishedAt, totals, values }) => ({
        id,
        commune,
        set,
        version,
        group,
        as_of: asOf,
        live,
        reach,
        published_at: formatIso(publishedAt),
        totals,
        values,
      }),
    );
    return c.json({ items }, 200);
  });
}
