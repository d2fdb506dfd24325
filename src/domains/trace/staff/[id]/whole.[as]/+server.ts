import { fileResponse, XLSX } from '#app/file-response';
import { AppError } from '#kernel/errors';
import { writeSheets } from '#kernel/documents/xlsx.server';
import { sheetsOf } from '../../../exchange/sheets.ts';
import { wholeLot } from '../../../exchange/whole.queries.ts';
import type { RequestHandler } from './$types';

/** Everything about a lot, as JSON or as a file of sheets. */
export const GET: RequestHandler = async ({ locals, params }) => {
  if (params.as !== 'json' && params.as !== 'xlsx') throw new AppError('trace.lot.not_found', 404);
  const whole = await locals.run((ctx) => wholeLot(ctx, params.id));
  const name = `lo-${whole.lot['code']}.${params.as}`;
  if (params.as === 'xlsx')
    return fileResponse(await writeSheets(sheetsOf(whole)), { name, type: XLSX, save: true });
  const body = new TextEncoder().encode(JSON.stringify(whole, null, 2));
  return fileResponse(body, { name, type: 'application/json', save: true });
};
