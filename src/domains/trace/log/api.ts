/** The public log by `/api/v1`: state, heads, proofs. Tiles are served where tlog clients look for them. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  DateInput,
  Instant,
  jsonOf,
  OPTIONAL_KEY,
  pageOf,
  pageQuery,
  pageRange,
  problemResponses,
  wholeNumber,
} from '#kernel/api';
import { formatIso } from '#kernel/format';
import type { Api } from '#kernel/manifest';
import { addDays, startOfDay } from '#kernel/time';
import {
  consistencyProof,
  getLog,
  inclusionProof,
  keyView,
  listCheckpoints,
  proofOf,
} from './proof.queries.ts';
import type { SignedHead } from './tree.queries.ts';

const LARGEST = 9_007_199_254_740_991;
const Hash = z.string().openapi({ description: '32 bytes, base64' });
const Note = z
  .string()
  .openapi({ description: 'A signed note (C2SP signed-note) that is a checkpoint (C2SP tlog-checkpoint)' });

const KeyView = z
  .object({
    key: z.string().openapi({ example: 'xa.example/nhat-ky-cong-khai/tuc-tranh+c74f20a3+ARpc…' }),
    signs_from: Instant,
    signs_until: Instant.nullable(),
    handover: z
      .string()
      .nullable()
      .openapi({ description: 'A note of the key before it that names this one' }),
  })
  .openapi('LogKey');

const HeadView = z
  .object({ size: z.int(), root: Hash, signed_at: Instant, checkpoint: Note })
  .openapi('LogCheckpoint');

const LogView = z.object({ origin: z.string(), keys: z.array(KeyView), ...HeadView.shape }).openapi('Log');

const ProofView = z.object({ size: z.int(), proof: z.array(Hash) }).openapi('LogProof');

const BundleView = z
  .object({
    format: z.literal('xa-so-proof/1'),
    subject: z.string(),
    keys: z.array(KeyView),
    checkpoint: Note,
    items: z.array(
      z.object({
        index: z.int(),
        kind: z.string(),
        subject: z.string(),
        hash: z.string().openapi({ description: 'What the leaf commits to, hex' }),
        digest: z.string().optional().openapi({ description: 'SHA-256 of the event’s canonical JSON, hex' }),
        proof: z.array(Hash),
        event: z.unknown().optional().openapi({ description: 'The EPCIS event as it is stored now' }),
        opening: z.object({ salt: z.string(), content: z.string() }).optional(),
      }),
    ),
  })
  .openapi('LogBundle');

const about = { tags: ['log'], security: OPTIONAL_KEY, method: 'get' as const };

const stateRoute = createRoute({
  ...about,
  path: '/log',
  summary: 'The public log: its keys and its newest signed head',
  responses: { 200: jsonOf(LogView, 'The log'), ...problemResponses() },
});

const headsRoute = createRoute({
  ...about,
  path: '/log/checkpoints',
  summary: 'Signed heads, newest first; `on` leaves out those after that day',
  request: { query: pageQuery({ on: DateInput.optional() }) },
  responses: { 200: jsonOf(pageOf(HeadView), 'One page of heads'), ...problemResponses() },
});

const inclusionRoute = createRoute({
  ...about,
  path: '/log/inclusion',
  summary: 'Proof that a leaf stands in the tree of a size (RFC 6962, 2.1.1)',
  request: { query: z.strictObject({ index: wholeNumber(0, LARGEST), size: wholeNumber(1, LARGEST) }) },
  responses: { 200: jsonOf(ProofView, 'The proof, nearest the leaf first'), ...problemResponses() },
});

const consistencyRoute = createRoute({
  ...about,
  path: '/log/consistency',
  summary: 'Proof that the tree of one size begins with the tree of another (RFC 6962, 2.1.2)',
  request: { query: z.strictObject({ from: wholeNumber(1, LARGEST), to: wholeNumber(1, LARGEST) }) },
  responses: { 200: jsonOf(ProofView, 'The proof'), ...problemResponses() },
});

const bundleRoute = createRoute({
  ...about,
  path: '/log/proof',
  summary: 'Everything the log says of a lot, an event or another subject, to be checked without us',
  request: {
    query: z.strictObject({ subject: z.string().min(1, 'input.too_small').max(300, 'input.too_big') }),
  },
  responses: { 200: jsonOf(BundleView, 'The bundle'), ...problemResponses() },
});

/** Adds the log's routes to the API. */
export function logApi(api: Api): void {
  api.openapi(stateRoute, async (c) => {
    const { origin, keys, head } = await c.var.run(getLog);
    return c.json({ origin, keys: keys.map(keyView), ...headView(head) }, 200);
  });
  api.openapi(headsRoute, async (c) => {
    const { on, ...page } = c.req.valid('query');
    const found = await c.var.run((ctx) =>
      listCheckpoints(ctx, { ...pageRange(page), ...(on && { before: startOfDay(addDays(on, 1)) }) }),
    );
    const items = found.items.map(headView);
    return c.json({ items, total: found.total, page: page.page, per_page: page.per_page }, 200);
  });
  api.openapi(inclusionRoute, async (c) => {
    const { index, size } = c.req.valid('query');
    const proof = await c.var.run((ctx) => inclusionProof(ctx, index, size));
    return c.json({ size, proof: proof.map(base64) }, 200);
  });
  api.openapi(consistencyRoute, async (c) => {
    const { from, to } = c.req.valid('query');
    const proof = await c.var.run((ctx) => consistencyProof(ctx, from, to));
    return c.json({ size: to, proof: proof.map(base64) }, 200);
  });
  api.openapi(bundleRoute, async (c) => {
    const { subject } = c.req.valid('query');
    return c.json(await c.var.run((ctx) => proofOf(ctx, subject)), 200);
  });
}

function headView({ size, root, note, signedAt }: SignedHead): z.infer<typeof HeadView> {
  return { size, root: base64(root), signed_at: formatIso(signedAt), checkpoint: note };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}
