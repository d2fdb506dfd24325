import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { bookOf } from '../../../../document/document.queries.ts';
import { bookColumns, readBook } from '../../../../document/book.ts';
import { namesOfOfficials } from '../../../../edge.ts';
import type { RequestHandler } from './$types';

/** `den-2026.xlsx`, `di-2026.xlsx`: the whole year. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const { direction, year } = readBook(event.params.book);
    const { lines, names } = await locals.run(async (ctx) => ({
      lines: await bookOf(ctx, direction, year),
      names: await namesOfOfficials(ctx),
    }));
    const columns = bookColumns(direction, (id) => (id && names.get(id)) || null);
    const bytes = await writeSheet(columns, lines, String(year));
    return fileResponse(bytes, { name: `so-van-ban-${event.params.book}.xlsx`, type: XLSX });
  });
