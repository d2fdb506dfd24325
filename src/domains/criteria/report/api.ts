/** Signed reports over the API: the higher level fetches them by a key of its own. */
import { createRoute, z } from '@hono/zod-openapi';
import { Day, Instant, jsonOf, NEEDS_KEY, problemResponses } from '#kernel/api';
import { formatIso } from '#kernel/format';
import type { Api } from '#kernel/manifest';
import { REPORT_KINDS } from './period.ts';
import { takeReport } from './report.actions.ts';
import { listSigned, type ReportHead } from './report.queries.ts';

const Head = z
  .object({
    id: z.uuid(),
    kind: z.enum(REPORT_KINDS),
    first_day: Day,
    last_day: Day,
    sha256: z.string().openapi({ description: 'Of the report’s text, in hex.' }),
    signed_by: z.string(),
    signed_at: Instant,
  })
  .openapi('CriteriaReportHead');
const Whole = Head.extend({
  body: z.string().openapi({ description: 'The frozen text, JSON; its SHA-256 is `sha256`.' }),
}).openapi('CriteriaReport');

const about = { tags: ['criteria'], security: NEEDS_KEY };
const listRoute = createRoute({
  ...about,
  method: 'get',
  path: '/criteria/reports',
  summary: 'Signed reports on the criteria, the newest first',
  responses: { 200: jsonOf(z.object({ items: z.array(Head) }), 'The reports'), ...problemResponses() },
});
const oneRoute = createRoute({
  ...about,
  method: 'get',
  path: '/criteria/reports/{id}',
  summary: 'One signed report with its frozen figures; that it was fetched is noted',
  request: { params: z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) }) },
  responses: { 200: jsonOf(Whole, 'The report'), ...problemResponses() },
});

/** Adds the reports to the API. */
export function reportsApi(api: Api): void {
  api.openapi(listRoute, async (c) => {
    const found = await c.var.run((ctx) => listSigned(ctx));
    return c.json({ items: found.map(headOf) }, 200);
  });
  api.openapi(oneRoute, async (c) => {
    const { id } = c.req.valid('param');
    const report = await c.var.run((ctx) => takeReport(ctx, id));
    return c.json({ ...headOf(report), body: report.body }, 200);
  });
}

function headOf({ id, kind, first, last, digest, acts }: ReportHead) {
  const signed = acts.find(({ act }) => act === 'signed')!;
  return {
    id,
    kind,
    first_day: first,
    last_day: last,
    sha256: digest,
    signed_by: signed.name,
    signed_at: formatIso(signed.at),
  };
}
