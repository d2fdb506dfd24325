/** `GET /me`: whom a key speaks for. Session cookies mean nothing to the API. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { jsonOf, NEEDS_KEY, problemResponses } from '#kernel/api';
import type { ApiEnv } from '#kernel/manifest';
import { ROLES } from '#kernel/rights';
import { whoAmI } from './who-am-i.ts';

const Me = z
  .object({
    kind: z.literal('api_key'),
    id: z.string(),
    name: z.string(),
    roles: z.array(z.enum(ROLES)),
    commune: z.object({ slug: z.string(), name: z.string(), agency_code: z.string() }),
  })
  .openapi('Me');

const me = createRoute({
  method: 'get',
  path: '/me',
  tags: ['identity'],
  summary: 'Whom this key speaks for',
  security: NEEDS_KEY,
  responses: { 200: jsonOf(Me, 'The key and its commune'), ...problemResponses() },
});

export function identityApi(api: OpenAPIHono<ApiEnv>): void {
  api.openapi(me, async (c) => c.json(await c.var.run(whoAmI), 200));
}
