import { error } from '@sveltejs/kit';
import { answering } from '#app/answering';
import { fileResponse, PDF, XLSX } from '#app/file-response';
import { renderPdf } from '#kernel/documents/render.server';
import { writeSheets } from '#kernel/documents/xlsx.server';
import { reportPaper, reportSheets } from '../../../../report/papers.ts';
import { openReport } from '../../../../report/report.queries.ts';
import type { RequestHandler } from './$types';

/** A report as a file: the paper, the spreadsheet, or the frozen text with its hash as it goes upwards. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, params }) => {
    const { report, where } = await locals.run(async (ctx) => {
      const { origin } = ctx.wiring.installation;
      return { report: await openReport(ctx, params.id!), where: { commune: ctx.commune, origin } };
    });
    const name = `bao-cao-tien-do-${report.kind}-${report.last}`;
    if (params.file === 'report.pdf')
      return fileResponse(await renderPdf(reportPaper(report, where)), { name: `${name}.pdf`, type: PDF });
    if (params.file === 'report.xlsx')
      return fileResponse(await writeSheets(reportSheets(report, where.origin)), {
        name: `${name}.xlsx`,
        type: XLSX,
      });
    if (params.file !== 'report.json') error(404);
    const bytes = new TextEncoder().encode(report.body);
    return fileResponse(bytes, { name: `${name}.json`, type: 'application/json', save: true });
  });
