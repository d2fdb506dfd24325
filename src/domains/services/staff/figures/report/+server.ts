/** The report of a quarter (`2026-3`) or a year (`2026`), as PDF or as a spreadsheet. */
import { renderPdf } from '#kernel/documents/render.server';
import { writeSheets } from '#kernel/documents/xlsx.server';
import { localDateOf } from '#kernel/time';
import { reportPeriod } from '../../../figures/report-period.ts';
import { drawReport, reportOf, reportSheets } from '../../../figures/report.ts';
import { reportPaper } from '../../../papers/report.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
  const report = await locals.run((ctx) => {
    const { range, words } = reportPeriod(url.searchParams.get('period'), localDateOf(ctx.now));
    return drawReport(ctx, words, { asOf: range.last, from: range.first, scope: 'commune' });
  });
  const name = `bao-cao-${report.question.from}-${report.question.asOf}`;
  if (url.searchParams.get('format') === 'xlsx') {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return fileOf(await writeSheets(reportSheets(report)), type, `${name}.xlsx`);
  }
  const { name: commune, demo } = locals.commune;
  const paper = reportOf(report, {
    head: {
      authority: `UBND xã ${commune}`,
      desk: 'Bộ phận Tiếp nhận và Trả kết quả',
      number: null,
      place: commune,
      issuedAt: report.drawnAt,
      demo,
    },
    recipients: ['Như kính gửi', 'Lưu: VT'],
    signer: { above: ['TM. Ủy ban nhân dân'], title: 'Chủ tịch', name: null },
  });
  return fileOf(await renderPdf(reportPaper(paper)), 'application/pdf', `${name}.pdf`);
};

function fileOf(bytes: Uint8Array, type: string, name: string): Response {
  return new Response(bytes as BodyInit, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  });
}
