import { AppError } from '#kernel/errors';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { registerOf } from '../../../register/register.queries.ts';
import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import { sheetColumns } from '../book.ts';
import type { RequestHandler } from './$types';

/** `2026.xlsx`: the whole year. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const year = event.params.book;
    if (!/^20\d{2}$/.test(year)) throw new AppError('services.register_book.not_found', 404);
    const { lines } = await locals.run((ctx) => registerOf(ctx, Number(year)));
    const bytes = await writeSheet(sheetColumns(), lines, year);
    return fileResponse(bytes, { name: `so-theo-doi-${year}.xlsx`, type: XLSX });
  });
