/** Files over the API: the scan of a paper, and a result's file before its decision; taken in as the pages take them. */
import { createRoute, z } from '@hono/zod-openapi';
import { BODY_PROBLEMS, bodyOf, jsonOf, NEEDS_KEY, problemResponses } from '#kernel/api';
import { fileResponse } from '#app/file-response';
import { mustExist } from '#kernel/errors';
import { parseFileHash } from '#kernel/files/store';
import { CITIZEN_UPLOAD, RESULT_UPLOAD } from '#kernel/files/kinds';
import { isId } from '#kernel/ids';
import type { Api } from '#kernel/manifest';
import {
  attachmentsOf,
  depositResult,
  mayAddResult,
  openAttachment,
} from '../attachment/attachment.actions.ts';
import type { Attachment } from '../attachment/attachment.queries.ts';
import { depositScan, mayDigitise } from '../attachment/digitise.actions.ts';
import { takeResultFile, takeScan } from '../attachment/take.server.ts';
import { ClientId, DossierId, TAGS } from './shapes.ts';

const LARGEST = Math.max(CITIZEN_UPLOAD.maxBytes, RESULT_UPLOAD.maxBytes);
/** Base64 writes three bytes as four signs. */
const LONGEST_CONTENT = 4 * Math.ceil(LARGEST / 3);

const Content = z
  .string()
  .max(LONGEST_CONTENT, 'input.too_large')
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'input.invalid_format')
  .refine((text) => text.length % 4 === 0, 'input.invalid_format')
  .openapi({
    format: 'byte',
    description: `The file in base64, at most ${LARGEST / 1_000_000} MB; its type is told from its content.`,
  });
const Name = z.string().min(1, 'input.needed').max(200, 'input.too_long').openapi({ example: 'the.pdf' });

const ScanBody = z
  .strictObject({
    paper: z.string().max(60).openapi({ description: 'The code of one of the procedure’s papers.' }),
    name: Name,
    content: Content,
    client_id: ClientId.openapi({
      description: 'Made by the sender; the same id again answers with the same scan.',
    }),
    official_id: z.string().refine(isId, 'input.bad_id').optional(),
  })
  .openapi('Scan');

const ResultFileBody = z
  .strictObject({
    medium: z.enum(['electronic', 'paper']).openapi({
      description:
        'electronic: the file is the result, a PDF with a signature that holds. paper: a scan of what is signed by hand.',
    }),
    name: Name,
    content: Content,
  })
  .openapi('ResultFile');

const AttachmentShape = z
  .object({
    id: z.uuid().openapi({ description: 'For a result: the `attachmentId` of its decision.' }),
    kind: z.enum(['paper', 'result']),
    paper: z.string().nullable(),
    name: z.string(),
    media_type: z.string(),
    size: z.int().openapi({ description: 'Bytes as kept: photographs are written anew.' }),
    pages: z.int().nullable(),
    signed: z.boolean().openapi({ description: 'Accepted as an electronic result: its signatures held.' }),
  })
  .openapi('Attachment');

const FILE = z.string().openapi({ format: 'binary' });

const responses = {
  201: jsonOf(AttachmentShape, 'Kept, or found again'),
  ...problemResponses(...BODY_PROBLEMS, 503),
};

const scanRoute = createRoute({
  method: 'post',
  path: '/dossiers/{id}/scans',
  tags: TAGS,
  summary: 'Digitise a paper: keep its scan',
  security: NEEDS_KEY,
  request: { params: z.object({ id: DossierId }), body: bodyOf(ScanBody) },
  responses,
});

const resultRoute = createRoute({
  method: 'post',
  path: '/dossiers/{id}/result-files',
  tags: TAGS,
  summary: 'Keep a result’s file, for the decision that names it',
  description:
    'A PDF that is not signed, was altered, or leads to nobody trusted here is no electronic result.',
  security: NEEDS_KEY,
  request: { params: z.object({ id: DossierId }), body: bodyOf(ResultFileBody) },
  responses,
});

const listRoute = createRoute({
  method: 'get',
  path: '/dossiers/{id}/attachments',
  tags: TAGS,
  summary: 'The files of a dossier: scans of its papers, files of its result',
  security: NEEDS_KEY,
  request: { params: z.object({ id: DossierId }) },
  responses: {
    200: jsonOf(z.object({ items: z.array(AttachmentShape) }), 'The files, oldest first'),
    ...problemResponses(),
  },
});

const fileRoute = createRoute({
  method: 'get',
  path: '/dossiers/{id}/attachments/{attachment_id}',
  tags: TAGS,
  summary: 'One file of a dossier; every opening is written to the audit record',
  security: NEEDS_KEY,
  request: {
    params: z.object({ id: DossierId, attachment_id: z.string().refine(isId, 'input.bad_id') }),
  },
  responses: {
    200: {
      description: 'The file as it is kept',
      content: {
        'application/pdf': { schema: FILE },
        'image/jpeg': { schema: FILE },
        'image/png': { schema: FILE },
        'application/octet-stream': { schema: FILE },
      },
    },
    ...problemResponses(),
  },
});

export function attachmentApi(api: Api): void {
  api.openapi(listRoute, async (c) => {
    const { id } = c.req.valid('param');
    const items = await c.var.run((ctx) => attachmentsOf(ctx, id));
    return c.json({ items: items.map(shapeOf) }, 200);
  });
  api.openapi(fileRoute, async (c) => {
    const { id, attachment_id } = c.req.valid('param');
    const { run, files } = c.var;
    const { hash, name, mediaType: type, size } = await run((ctx) => openAttachment(ctx, id, attachment_id));
    return fileResponse(await files.open(mustExist(parseFileHash(hash), 'kernel.files')), {
      name,
      type,
      size,
    });
  });
  api.openapi(scanRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { paper, name, content, client_id, official_id } = c.req.valid('json');
    const { run, files } = c.var;
    await run((ctx) => mayDigitise(ctx, id));
    const file = await takeScan(files, { name, bytes: Buffer.from(content, 'base64') }, 'content');
    const options = { clientId: client_id, officialId: official_id };
    const kept = await run((ctx) => depositScan(ctx, id, { paper, name, file }, options));
    return c.json(shapeOf(kept), 201);
  });
  api.openapi(resultRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { medium, name, content } = c.req.valid('json');
    const { run, files, trustedRoots } = c.var;
    const now = await run(async (ctx) => {
      await mayAddResult(ctx, id);
      return ctx.now;
    });
    const roots = medium === 'electronic' ? await trustedRoots() : null;
    const given = { name, bytes: Buffer.from(content, 'base64') };
    const file = await takeResultFile(files, given, { roots, now, field: 'content' });
    return c.json(shapeOf(await run((ctx) => depositResult(ctx, id, file))), 201);
  });
}

function shapeOf({ id, kind, paperCode, name, mediaType, size, pages, signed }: Attachment) {
  return { id, kind, paper: paperCode, name, media_type: mediaType, size, pages, signed };
}
