/** Administrative units over HTTP: search by old and new names, one unit with its figures as of a day. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { Day, jsonOf, OPTIONAL_KEY, problemResponses } from '#kernel/api';
import { localDate } from '#kernel/time';
import type { ApiEnv } from '#kernel/manifest';
import { FIGURES, UNIT_KINDS, type CatalogueUnit } from './unit-catalogue.ts';
import { findCatalogueUnits, getCatalogueUnit, type UnitDetail } from './unit-catalogue.queries.ts';

const UnitItem = z
  .object({
    id: z.string().openapi({ description: 'Ours. An official code may name an old and a new unit.' }),
    code: z.string().nullable(),
    kind: z.enum(UNIT_KINDS),
    name: z.string(),
    valid_from: Day.nullable(),
    valid_to: Day.nullable().openapi({ description: 'The last day.' }),
    successors: z.array(z.string()),
    source: z.string(),
    verified: z.boolean(),
  })
  .openapi('AdministrativeUnit');

const Figures = z.object({
  what: z.enum(FIGURES).openapi({ description: 'Area in km², tea in hectares; the others are counts.' }),
  disagree: z.boolean().openapi({ description: 'The sources do not give one number.' }),
  values: z.array(z.object({ value: z.number(), day: Day, source: z.string(), verified: z.boolean() })),
});

const UnitDetailView = UnitItem.extend({
  part_of: z.string().nullable(),
  predecessors: z.array(z.string()),
  note: z.object({ vi: z.string(), en: z.string() }).nullable(),
  as_of: Day,
  figures: z.array(Figures),
}).openapi('AdministrativeUnitDetail');

const about = { tags: ['commune'], security: OPTIONAL_KEY };

const listRoute = createRoute({
  ...about,
  method: 'get',
  path: '/units',
  summary: 'Administrative units by present or former name, or by code',
  request: {
    query: z.strictObject({
      q: z.string().max(100, 'input.too_big').optional().openapi({
        description:
          'Part of a name, of a predecessor’s or successor’s name (accents not needed), or a code.',
      }),
      on: Day.optional().openapi({ description: 'Only those that exist on this day.' }),
    }),
  },
  responses: {
    200: jsonOf(z.object({ items: z.array(UnitItem), total: z.int() }), 'The units'),
    ...problemResponses(),
  },
});

const oneRoute = createRoute({
  ...about,
  method: 'get',
  path: '/units/{id}',
  summary: 'One administrative unit: predecessors, successors, figures as of a day',
  request: {
    params: z.object({ id: z.string().max(60) }),
    query: z.strictObject({ as_of: Day.optional().openapi({ description: 'Today unless told.' }) }),
  },
  responses: { 200: jsonOf(UnitDetailView, 'The unit'), ...problemResponses() },
});

/** Adds the routes of administrative units. */
export function unitsApi(api: OpenAPIHono<ApiEnv>): void {
  api.openapi(listRoute, async (c) => {
    const { q = '', on } = c.req.valid('query');
    const found = await c.var.run((ctx) =>
      findCatalogueUnits(ctx, { q, on: on === undefined ? null : localDate(on) }),
    );
    return c.json({ items: found.map(itemView), total: found.length }, 200);
  });
  api.openapi(oneRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { as_of } = c.req.valid('query');
    const detail = await c.var.run((ctx) =>
      getCatalogueUnit(ctx, id, as_of === undefined ? undefined : localDate(as_of)),
    );
    return c.json(detailView(detail), 200);
  });
}

function itemView(unit: CatalogueUnit): z.infer<typeof UnitItem> {
  const { id, code, kind, name, validFrom, validTo, successors, source, verified } = unit;
  return { id, code, kind, name, valid_from: validFrom, valid_to: validTo, successors, source, verified };
}

function detailView(detail: UnitDetail): z.infer<typeof UnitDetailView> {
  return {
    ...itemView(detail.unit),
    part_of: detail.unit.partOf,
    predecessors: detail.predecessors.map(({ id }) => id),
    note: detail.unit.note ?? null,
    as_of: detail.on,
    figures: detail.figures,
  };
}
