/** Open data: the public figures of a period, or the masked list behind one, as CSV or JSON. */
import { askMeasureOnly } from '../open-data.ts';
import { csvOf } from '#kernel/csv';
import { askedList, recordLines } from '../record-list.ts';
import { askedBy } from '../question.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
  const query = url.searchParams;
  const rows = await locals.run(async (ctx) => {
    if (!query.has('measure')) return askMeasureOnly(ctx, askedBy(query, ctx.now, []).question);
    const lines = await recordLines(ctx, askedList(query, ctx.now, 'public'));
    return lines.map(({ id: _id, href: _href, ...line }, at) => ({ number: String(at + 1), ...line }));
  });
  const name = query.get('measure')?.replaceAll('.', '-') ?? 'figures';
  if (query.get('format') === 'json') return Response.json(rows, { headers: named(`${name}.json`) });
  return new Response(csvOf(rows), {
    headers: { 'content-type': 'text/csv; charset=utf-8', ...named(`${name}.csv`) },
  });
};

function named(file: string) {
  return { 'content-disposition': `attachment; filename="${file.replaceAll(/[^a-z0-9_.-]/g, '')}"` };
}
