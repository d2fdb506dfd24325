/** Documents over the API: enter one that came in, list, read, act. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  BODY_PROBLEMS,
  bodyOf,
  DateInput,
  jsonOf,
  NEEDS_KEY,
  pageOf,
  pageQuery,
  pageRange,
  problemResponses,
  wholeNumber,
} from '#kernel/api';
import type { Api } from '#kernel/manifest';
import { DOCUMENT_VIEWS, listDocuments, viewDocument } from '../document/document.queries.ts';
import { actOnDocument } from '../document/move.actions.ts';
import { FORM_MOVES } from '../document/moves.ts';
import { registerDocument } from '../document/register.actions.ts';
import {
  ClientId,
  DocumentDetail,
  documentDetail,
  DocumentStateName,
  DocumentSummary,
  documentSummary,
  GivenId,
  PathId,
  TypeCode,
  Urgency,
} from './shapes.ts';

const TAGS = ['documents'];

const Registration = z
  .strictObject({
    type: TypeCode,
    sender: z.string().min(1, 'input.needed').max(200),
    symbol: z.string().max(60).nullable().default(null),
    issued_on: DateInput.nullable().default(null),
    summary: z.string().min(1, 'input.needed').max(1000),
    urgency: Urgency.default('normal'),
    due_days: z
      .int()
      .min(1)
      .max(365)
      .nullable()
      .default(null)
      .openapi({ description: 'Working days until it must be answered; null: no limit.' }),
    client_id: ClientId.openapi({
      description: 'Made by the sender; the same id again answers with the same document.',
    }),
  })
  .openapi('OfficeRegistration');

const Registered = z.object({ id: z.uuid(), number: z.int(), year: z.int() }).openapi('OfficeRegistered');

const registerRoute = createRoute({
  method: 'post',
  path: '/office/documents',
  tags: TAGS,
  summary: 'Enter a document in; its number runs without gaps through the year',
  security: NEEDS_KEY,
  request: { body: bodyOf(Registration) },
  responses: { 201: jsonOf(Registered, 'Entered, or found again'), ...problemResponses(...BODY_PROBLEMS) },
});

const listRoute = createRoute({
  method: 'get',
  path: '/office/documents',
  tags: TAGS,
  summary: 'Documents in and out, newest first (late ones: the most urgent first)',
  security: NEEDS_KEY,
  request: {
    query: pageQuery({
      view: z.enum(DOCUMENT_VIEWS).default('in'),
      search: z.string().max(100).optional(),
      type: TypeCode.optional(),
      state: DocumentStateName.optional(),
      year: wholeNumber(1990, 2200).optional(),
      official: GivenId.optional(),
    }),
  },
  responses: { 200: jsonOf(pageOf(DocumentSummary), 'One page'), ...problemResponses() },
});

const readRoute = createRoute({
  method: 'get',
  path: '/office/documents/{id}',
  tags: TAGS,
  summary: 'One document with its actions',
  security: NEEDS_KEY,
  request: { params: z.object({ id: PathId }) },
  responses: { 200: jsonOf(DocumentDetail, 'The document'), ...problemResponses() },
});

const MoveBody = z
  .strictObject({
    kind: z.enum(FORM_MOVES),
    data: z.record(z.string(), z.unknown()).default({}),
    client_id: ClientId.optional(),
    seen: z
      .int()
      .min(1)
      .optional()
      .openapi({ description: 'The last action you saw; refused with 409 when others have acted since.' }),
  })
  .openapi('OfficeDocumentMove');

const moveRoute = createRoute({
  method: 'post',
  path: '/office/documents/{id}/actions',
  tags: TAGS,
  summary: 'Act on a document',
  security: NEEDS_KEY,
  request: { params: z.object({ id: PathId }), body: bodyOf(MoveBody) },
  responses: { 200: jsonOf(DocumentDetail, 'The document after it'), ...problemResponses(...BODY_PROBLEMS) },
});

export function documentApi(api: Api): void {
  api.openapi(registerRoute, async (c) => {
    const { issued_on: issuedOn, due_days: dueDays, client_id: clientId, ...said } = c.req.valid('json');
    const made = await c.var.run((ctx) =>
      registerDocument(ctx, { ...said, issuedOn, dueDays }, { clientId }),
    );
    return c.json(made, 201);
  });
  api.openapi(listRoute, async (c) => {
    const query = c.req.valid('query');
    const { total, rows } = await c.var.run((ctx) => listDocuments(ctx, { ...query, ...pageRange(query) }));
    const items = rows.map(documentSummary);
    return c.json({ items, total, page: query.page, per_page: query.per_page }, 200);
  });
  api.openapi(readRoute, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(documentDetail(await c.var.run((ctx) => viewDocument(ctx, id))), 200);
  });
  api.openapi(moveRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { kind, data, client_id: clientId, seen } = c.req.valid('json');
    const viewed = await c.var.run(async (ctx) => {
      await actOnDocument(ctx, id, kind, data, { clientId, seen });
      return viewDocument(ctx, id);
    });
    return c.json(documentDetail(viewed), 200);
  });
}
