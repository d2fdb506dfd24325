import { answering } from '#app/answering';
import { fileResponse, PDF } from '#app/file-response';
import { renderPdf } from '#kernel/documents/render.server';
import { bookOf } from '../../../../document/document.queries.ts';
import { bookPaper, readBook } from '../../../../document/book.ts';
import { namesOfOfficials } from '../../../../edge.ts';
import type { RequestHandler } from './$types';

/** `den-2026.pdf`, `di-2026.pdf`: the book of a year. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const { direction, year } = readBook(event.params.book);
    const paper = await locals.run(async (ctx) => {
      const lines = await bookOf(ctx, direction, year);
      const names = await namesOfOfficials(ctx);
      const which = { direction, year, now: ctx.now };
      return bookPaper(ctx.commune, which, lines, (id) => (id && names.get(id)) || null);
    });
    const name = `so-van-ban-${event.params.book}.pdf`;
    return fileResponse(await renderPdf(paper), { name, type: PDF });
  });
