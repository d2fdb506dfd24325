/** Lots by `/api/v1`: lists and everything about one for officials' programs, the minimum data for everybody. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  Day,
  Instant,
  jsonOf,
  NEEDS_KEY,
  OPTIONAL_KEY,
  pageOf,
  pageQuery,
  pageRange,
  problemResponses,
} from '#kernel/api';
import type { Api } from '#kernel/manifest';
import { minimumData, MINIMUM_FORMAT } from '../exchange/minimum.queries.ts';
import { wholeLot } from '../exchange/whole.queries.ts';
import type { LotLine } from './lines.queries.ts';
import { LOT_KINDS, LOT_STATES } from './lot.ts';
import { listLots } from './lot.queries.ts';

const Code = z.object({ code: z.string().openapi({ example: 'G261123-7H4M2X' }) });

const LotView = z
  .object({
    code: z.string(),
    kind: z.enum(LOT_KINDS),
    state: z.enum(LOT_STATES),
    product: z.string(),
    gtin: z.string(),
    producer_id: z.string(),
    made_on: Day,
    best_before: Day.nullable(),
    made_g: z.int(),
    left_g: z.int(),
    fresh_g: z.int(),
    standard: z.string(),
    grade: z.string(),
  })
  .openapi('TeaLot');

const Minimum = z
  .object({
    format: z.literal(MINIMUM_FORMAT),
    product: z.object({
      trace_code: z.string(),
      name: z.string(),
      name_en: z.string().nullable(),
      picture: z.string().nullable(),
      brand: z.string().nullable(),
      net_g: z.int().nullable(),
      standards: z.string().nullable(),
    }),
    maker: z.object({ name: z.string(), address: z.string().nullable() }),
    origin: z.object({
      location_code: z.string().nullable(),
      hamlets: z.array(z.string()),
      commune: z.string(),
    }),
    lot: z.object({ code: z.string(), packed_on: Day, best_before: Day.nullable() }),
    trace_code: z.string(),
    events: z.array(z.object({ kind: z.string(), at: z.string() })),
  })
  .openapi('TeaLotMinimum');

const Rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()));
const Whole = z
  .object({
    exported_at: Instant,
    lot: z.record(z.string(), z.unknown()),
    minimum: Minimum.nullable(),
    lots: z.array(z.record(z.string(), z.unknown())),
    steps: Rows,
    tickets: Rows,
    land: Rows,
    inputs: Rows,
    tests: Rows,
    holds: Rows,
    releases: Rows,
    recalls: Rows,
    labels: Rows,
    shipped: Rows,
  })
  .openapi('TeaLotWhole');

const listRoute = createRoute({
  method: 'get',
  path: '/tea-lots',
  tags: ['tea'],
  security: NEEDS_KEY,
  summary: 'Lots of tea, the newest first',
  request: {
    query: pageQuery({
      q: z.string().max(40, 'input.too_big').optional().openapi({ description: 'A code, or its beginning' }),
      kind: z.enum(LOT_KINDS).optional(),
      state: z.enum(LOT_STATES).optional(),
    }),
  },
  responses: { 200: jsonOf(pageOf(LotView), 'One page of lots'), ...problemResponses(401, 403) },
});

const wholeRoute = createRoute({
  method: 'get',
  path: '/tea-lots/{code}',
  tags: ['tea'],
  security: NEEDS_KEY,
  summary: 'Everything about a lot: genealogy, steps, land, inputs, tests, holds, recalls, labels, buyers',
  request: { params: Code },
  responses: { 200: jsonOf(Whole, 'The lot'), ...problemResponses(401, 403, 404) },
});

const minimumRoute = createRoute({
  method: 'get',
  path: '/tea-lots/{code}/minimum',
  tags: ['tea'],
  security: OPTIONAL_KEY,
  summary: 'The minimum data of a released pack (NĐ 37/2026/NĐ-CP art. 23.5), for portals and other systems',
  request: { params: Code },
  responses: { 200: jsonOf(Minimum, 'The minimum data'), ...problemResponses(404) },
});

/** Adds the lots' routes to the API. */
export function lotApi(api: Api): void {
  api.openapi(listRoute, async (c) => {
    const { q, kind, state, ...page } = c.req.valid('query');
    const found = await c.var.run((ctx) => listLots(ctx, { q, kind, state, ...pageRange(page) }));
    const items = found.items.map(lotView);
    return c.json({ items, total: found.total, page: page.page, per_page: page.per_page }, 200);
  });
  api.openapi(wholeRoute, async (c) => {
    const { code } = c.req.valid('param');
    return c.json(await c.var.run((ctx) => wholeLot(ctx, code)), 200);
  });
  api.openapi(minimumRoute, async (c) => {
    const { code } = c.req.valid('param');
    return c.json(await c.var.run((ctx) => minimumData(ctx, code)), 200);
  });
}

function lotView(lot: LotLine): z.infer<typeof LotView> {
  return {
    code: lot.code,
    kind: lot.kind,
    state: lot.state,
    product: lot.productName,
    gtin: lot.gtin,
    producer_id: lot.producerId,
    made_on: lot.madeOn,
    best_before: lot.bestBefore,
    made_g: Number(lot.madeG),
    left_g: Number(lot.leftG),
    fresh_g: Number(lot.freshG),
    standard: lot.standard,
    grade: lot.grade,
  };
}
