/** The registry over HTTP: the public directory of officials, residents, households. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { jsonOf, OPTIONAL_KEY, problemResponses } from '#kernel/api';
import type { ApiEnv } from '#kernel/manifest';
import { peopleApi } from './api/people.ts';
import { officialDirectory, type DirectoryEntry } from './official.queries.ts';
import { OFFICIAL_UNITS, zaloLink } from './official.ts';

const OfficialView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    post: z.string(),
    post_en: z.string().nullable(),
    unit: z.enum(OFFICIAL_UNITS),
    hamlet: z.string().nullable(),
    phone: z.string().nullable().openapi({ example: '+84540000001' }),
    zalo: z.url().nullable(),
    email: z.string().nullable(),
    on_duty: z.boolean(),
    covered_by: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .openapi({ description: 'Who answers instead while this official is away on that day.' }),
    demo: z.boolean(),
  })
  .openapi('Official');

const officialsRoute = createRoute({
  tags: ['registry'],
  security: OPTIONAL_KEY,
  method: 'get',
  path: '/officials',
  summary: 'The public directory of officials (NĐ 61/2018 art. 9.7), by part of the commune',
  request: {
    query: z.strictObject({
      q: z.string().max(100, 'input.too_big').optional().openapi({
        description: 'Words of name, post or hamlet in any order; accents are not needed.',
      }),
      unit: z.enum(OFFICIAL_UNITS).optional(),
    }),
  },
  responses: {
    200: jsonOf(z.object({ items: z.array(OfficialView), total: z.int() }), 'The officials in office today'),
    ...problemResponses(),
  },
});

/** Adds the room's routes to the API. */
export function registryApi(api: OpenAPIHono<ApiEnv>): void {
  peopleApi(api);
  api.openapi(officialsRoute, async (c) => {
    const { q, unit } = c.req.valid('query');
    const found = await c.var.run((ctx) => officialDirectory(ctx, { q, unit }));
    return c.json({ items: found.map(officialView), total: found.length }, 200);
  });
}

function officialView(entry: DirectoryEntry): z.infer<typeof OfficialView> {
  return {
    id: entry.id,
    name: entry.fullName,
    post: entry.post,
    post_en: entry.postEn,
    unit: entry.unit,
    hamlet: entry.hamletName,
    phone: entry.phone,
    zalo: entry.zalo && zaloLink(entry.zalo),
    email: entry.email,
    on_duty: entry.onDuty,
    covered_by: entry.coveredBy && { id: entry.coveredBy.id, name: entry.coveredBy.fullName },
    demo: entry.demo,
  };
}
