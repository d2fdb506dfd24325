import { answering } from '#app/answering';
import { fileResponse, PDF } from '#app/file-response';
import { renderPdf } from '#kernel/documents/render.server';
import { localDateOf, parseLocalDate } from '#kernel/time';
import { entriesOfWeek, mondayOf } from '../../../agenda/entry.queries.ts';
import { weekPaper } from '../../../agenda/week.ts';
import { namesOfOfficials } from '../../../edge.ts';
import type { RequestHandler } from './$types';

/** The week's calendar as paper. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const { paper, monday } = await locals.run(async (ctx) => {
      const asked = parseLocalDate(url.searchParams.get('week') ?? '') ?? localDateOf(ctx.now);
      const first = mondayOf(asked);
      const entries = await entriesOfWeek(ctx, first);
      const names = await namesOfOfficials(ctx);
      return {
        paper: weekPaper(ctx.commune, { monday: first, now: ctx.now }, entries, names),
        monday: first,
      };
    });
    return fileResponse(await renderPdf(paper), { name: `lich-cong-tac-${monday}.pdf`, type: PDF });
  });
