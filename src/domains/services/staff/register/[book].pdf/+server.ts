import { AppError } from '#kernel/errors';
import { renderPdf } from '#kernel/documents/render.server';
import { answering } from '#app/answering';
import { fileResponse, PDF } from '#app/file-response';
import { bookPaper } from '../book.ts';
import type { RequestHandler } from './$types';

/** `2026-1.pdf`: the first book of 2026. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const [, year, book] = /^(20\d{2})-([1-9]\d?)$/.exec(event.params.book) ?? [];
    if (!year || !book) throw new AppError('services.register_book.not_found', 404);
    const paper = await locals.run((ctx) => bookPaper(ctx, Number(year), Number(book)));
    const name = `so-theo-doi-${year}-quyen-${book}.pdf`;
    return fileResponse(await renderPdf(paper), { name, type: PDF });
  });
