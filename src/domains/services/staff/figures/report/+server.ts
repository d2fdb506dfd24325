/** The report of a quarter (`2026-3`) or a year (`2026`), as PDF or as a spreadsheet. */
import { renderPdf } from '#kernel/documents/render.server';
import { writeSheets } from '#kernel/documents/xlsx.server';
import { refuse } from '#kernel/errors';
import { localDateOf, quarterOf, quarterRange, yearOf, yearRange, type DateRange } from '#kernel/time';
import { drawReport, reportOf, reportSheets } from '../../../figures/report.ts';
import { reportPaper } from '../../../papers/report.ts';
import type { RequestHandler } from './$types';

const ROMAN = ['I', 'II', 'III', 'IV'];

export const GET: RequestHandler = async ({ locals, url }) => {
  const report = await locals.run((ctx) => {
    const { range, words } = periodOf(url.searchParams.get('period'), ctx.now);
    const today = localDateOf(ctx.now);
    const asOf = range.last < today ? range.last : today;
    return drawReport(ctx, words, { asOf, from: range.first, scope: 'commune' });
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

/** The quarter that runs, when the address names no period. @throws AppError `input.invalid` for another text */
function periodOf(text: string | null, now: Date): { range: DateRange; words: string } {
  const today = localDateOf(now);
  if (text === null) {
    const running = quarterOf(today);
    return { range: quarterRange(running), words: quarterWords(running.quarter, running.year) };
  }
  const [, year = '', quarter] = /^(20\d\d)(?:-([1-4]))?$/.exec(text) ?? [];
  if (year === '' || Number(year) > yearOf(today)) return refuse('input.invalid', 422);
  if (!quarter) return { range: yearRange(Number(year)), words: `năm ${year}` };
  const range = quarterRange({ year: Number(year), quarter: Number(quarter) as 1 | 2 | 3 | 4 });
  if (range.first > today) return refuse('input.invalid', 422);
  return { range, words: quarterWords(Number(quarter), Number(year)) };
}

function quarterWords(quarter: number, year: number): string {
  return `quý ${ROMAN[quarter - 1]} năm ${year}`;
}

function fileOf(bytes: Uint8Array, type: string, name: string): Response {
  return new Response(bytes as BodyInit, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  });
}
