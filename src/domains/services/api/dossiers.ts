/** Dossiers over the API: file at the counter, list, read, act. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  BODY_PROBLEMS,
  bodyOf,
  jsonOf,
  NEEDS_KEY,
  pageOf,
  pageQuery,
  pageRange,
  problemResponses,
} from '#kernel/api';
import type { Api } from '#kernel/manifest';
import { isId } from '#kernel/ids';
import { cleanLine } from '#kernel/text';
import { askMove } from '../dossier/ask.actions.ts';
import { fileAtCounter } from '../dossier/file.actions.ts';
import { viewDossier } from '../dossier/view.queries.ts';
import { QUEUE_VIEWS, workQueue } from '../queue/queue.queries.ts';
import {
  ClientId,
  DossierDetail,
  detailOf,
  DossierId,
  DossierSummary,
  StateName,
  summaryOf,
  TAGS,
} from './shapes.ts';

const FilingBody = z
  .strictObject({
    procedure: z.string().max(40),
    answers: z.record(z.string().max(200), z.unknown()),
    applicant: z.strictObject({
      name: z.string().max(120).transform(cleanLine).pipe(z.string().min(2, 'input.needed')),
      phone: z
        .string()
        .regex(/^\+84\d{9}$/, 'input.bad_phone')
        .nullable(),
      resident_id: z.string().refine(isId, 'input.bad_id').nullable().default(null),
    }),
    hamlet_id: z.string().refine(isId, 'input.bad_id').nullable().default(null),
    papers: z.record(z.string().max(60), z.enum(['paper', 'electronic'])),
    client_id: ClientId.openapi({
      description: 'Made by the sender; the same id again answers with the same dossier.',
    }),
  })
  .openapi('Filing');

const Filed = z
  .object({ id: z.uuid(), code: z.string(), tracking_code: z.string(), again: z.boolean() })
  .openapi('Filed');

const fileRoute = createRoute({
  method: 'post',
  path: '/dossiers',
  tags: TAGS,
  summary: 'File a dossier at the counter',
  security: NEEDS_KEY,
  request: { body: bodyOf(FilingBody) },
  responses: { 201: jsonOf(Filed, 'Filed, or found again'), ...problemResponses(...BODY_PROBLEMS) },
});

const listRoute = createRoute({
  method: 'get',
  path: '/dossiers',
  tags: TAGS,
  summary: 'A work queue, the most urgent first',
  security: NEEDS_KEY,
  request: {
    query: pageQuery({
      view: z.enum(QUEUE_VIEWS).default('open'),
      search: z.string().max(100).optional(),
      procedure: z.string().max(40).optional(),
      state: StateName.optional(),
      hamlet: z.string().refine(isId, 'input.bad_id').optional(),
      assignee: z.string().refine(isId, 'input.bad_id').optional(),
    }),
  },
  responses: { 200: jsonOf(pageOf(DossierSummary), 'One page'), ...problemResponses() },
});

const readRoute = createRoute({
  method: 'get',
  path: '/dossiers/{id}',
  tags: TAGS,
  summary: 'One dossier with its actions',
  security: NEEDS_KEY,
  request: { params: z.object({ id: DossierId }) },
  responses: { 200: jsonOf(DossierDetail, 'The dossier'), ...problemResponses() },
});

const MoveBody = z
  .strictObject({
    kind: z.string().max(40).openapi({ description: 'One of the dossier’s `possible_moves`.' }),
    data: z.record(z.string(), z.unknown()).default({}),
    client_id: ClientId.optional(),
    official_id: z.string().refine(isId, 'input.bad_id').optional(),
    seen: z
      .int()
      .min(1)
      .optional()
      .openapi({ description: 'The last action you saw; refused with 409 when others have acted since.' }),
  })
  .openapi('Move');

const moveRoute = createRoute({
  method: 'post',
  path: '/dossiers/{id}/actions',
  tags: TAGS,
  summary: 'Act on a dossier',
  security: NEEDS_KEY,
  request: { params: z.object({ id: DossierId }), body: bodyOf(MoveBody) },
  responses: {
    200: jsonOf(DossierDetail, 'The dossier after the move'),
    ...problemResponses(...BODY_PROBLEMS),
  },
});

export function dossierApi(api: Api): void {
  api.openapi(fileRoute, async (c) => {
    const body = c.req.valid('json');
    const { name, phone, resident_id } = body.applicant;
    const filed = await c.var.run((ctx) =>
      fileAtCounter(ctx, {
        procedureCode: body.procedure,
        answers: body.answers,
        applicant: { name, phone, userId: null, residentId: resident_id },
        hamletId: body.hamlet_id,
        papers: body.papers,
        draftId: null,
        clientId: body.client_id,
      }),
    );
    const { id, code, trackingCode, again } = filed;
    return c.json({ id, code, tracking_code: trackingCode, again }, 201);
  });
  api.openapi(listRoute, async (c) => {
    const query = c.req.valid('query');
    const { total, rows } = await c.var.run((ctx) => workQueue(ctx, { ...query, ...pageRange(query) }));
    return c.json({ items: rows.map(summaryOf), total, page: query.page, per_page: query.per_page }, 200);
  });
  api.openapi(readRoute, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(detailOf(await c.var.run((ctx) => viewDossier(ctx, id))), 200);
  });
  api.openapi(moveRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { kind, data, client_id, official_id, seen } = c.req.valid('json');
    const options = { clientId: client_id, officialId: official_id, seen };
    return c.json(detailOf(await c.var.run((ctx) => askMove(ctx, id, { kind, data }, options))), 200);
  });
}
