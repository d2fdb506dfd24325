/** What anybody may ask: tracking, the check of a result, the satisfaction slip. */
import { createRoute, z } from '@hono/zod-openapi';
import { BODY_PROBLEMS, bodyOf, Instant, jsonOf, OPTIONAL_KEY, problemResponses } from '#kernel/api';
import { formatIso } from '#kernel/format';
import type { Api } from '#kernel/manifest';
import { answerSlip, SLIP_QUESTIONS } from '../rating/slip.actions.ts';
import { isGenuine } from '../result/check.queries.ts';
import { trackForStranger } from '../track/track.ts';
import { StateName } from './shapes.ts';

const Tracked = z
  .object({
    code: z.string(),
    procedure: z.object({ code: z.string(), name: z.object({ vi: z.string(), en: z.string() }) }),
    state: StateName,
    filed_at: Instant,
    received_at: Instant.nullable(),
    due_at: Instant.nullable(),
    finished_at: Instant.nullable(),
    returned_at: Instant.nullable(),
  })
  .openapi('Tracked');

const trackRoute = createRoute({
  method: 'get',
  path: '/track',
  tags: ['dossiers'],
  summary: 'Follow a dossier by its short code, or by its code and the phone’s last four digits',
  security: OPTIONAL_KEY,
  request: {
    query: z.strictObject({
      code: z.string().min(1).max(60),
      last4: z
        .string()
        .regex(/^\d{4}$/, 'input.bad_digits')
        .optional(),
    }),
  },
  responses: { 200: jsonOf(Tracked, 'Where it is'), ...problemResponses() },
});

const checkRoute = createRoute({
  method: 'get',
  path: '/check/{token}',
  tags: ['dossiers'],
  summary: 'Whether a result paper is genuine',
  security: OPTIONAL_KEY,
  request: {
    params: z.object({
      token: z
        .string()
        .max(100)
        .openapi({ param: { name: 'token', in: 'path' } }),
    }),
  },
  responses: {
    200: jsonOf(z.object({ genuine: z.boolean() }), 'Genuine or not, nothing more'),
    ...problemResponses(),
  },
});

const Score = z.union([z.literal(0), z.literal(1), z.literal(2)]);
const SlipBody = z
  .strictObject({
    scores: z.partialRecord(z.enum(SLIP_QUESTIONS), Score),
    comment: z.string().max(1_000, 'input.too_long').nullable().default(null),
  })
  .openapi('Slip');

const slipRoute = createRoute({
  method: 'post',
  path: '/slips/{token}',
  tags: ['dossiers'],
  summary: 'Rate how a dossier was handled',
  security: OPTIONAL_KEY,
  request: {
    params: z.object({
      token: z
        .string()
        .max(100)
        .openapi({ param: { name: 'token', in: 'path' } }),
    }),
    body: bodyOf(SlipBody),
  },
  responses: {
    200: jsonOf(z.object({ thanks: z.literal(true) }), 'Taken'),
    ...problemResponses(...BODY_PROBLEMS),
  },
});

export function publicApi(api: Api): void {
  api.openapi(trackRoute, async (c) => {
    const { code, last4: lastFour = '' } = c.req.valid('query');
    const found = await trackForStranger(c.var, { code, lastFour }, c.var.stranger);
    const iso = (at: Date | null) => at && formatIso(at);
    return c.json(
      {
        code: found.code,
        procedure: found.procedure,
        state: found.state,
        filed_at: formatIso(found.filedAt),
        received_at: iso(found.receivedAt),
        due_at: iso(found.dueAt),
        finished_at: iso(found.finishedAt),
        returned_at: iso(found.returnedAt),
      },
      200,
    );
  });
  api.openapi(checkRoute, async (c) => {
    const { token } = c.req.valid('param');
    return c.json({ genuine: await c.var.run((ctx) => isGenuine(ctx, token)) }, 200);
  });
  api.openapi(slipRoute, async (c) => {
    const { token } = c.req.valid('param');
    const { scores, comment } = c.req.valid('json');
    await c.var.run((ctx) => answerSlip(ctx, token, { scores, comment, way: 'link' }));
    return c.json({ thanks: true as const }, 200);
  });
}
