/** Open data of the scoreboard: everything as JSON, one table or the dictionary as CSV. */
import { csvOf } from '#kernel/csv';
import { openData, PARTS, type Part } from '../public/open-data.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
  const data = await locals.run((ctx) => openData(ctx, url.searchParams));
  const name = `tien-do-${data.about.as_of}`;
  if (url.searchParams.get('format') !== 'csv')
    return Response.json(data, { headers: named(`${name}.json`) });
  const asked = url.searchParams.get('part');
  const part = PARTS.find((one): one is Part => one === asked);
  const rows = asked === 'dictionary' ? data.dictionary : data[part ?? 'indicators'];
  return new Response(csvOf(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      ...named(`${name}-${asked === 'dictionary' ? asked : (part ?? 'indicators')}.csv`),
    },
  });
};

/** Others' pages may read it too: it is open. */
function named(file: string) {
  return {
    'content-disposition': `attachment; filename="${file}"`,
    'access-control-allow-origin': '*',
  };
}
