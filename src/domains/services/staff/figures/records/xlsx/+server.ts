/** The list behind a number as a spreadsheet. */
import { m } from '#i18n/messages';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { allow } from '#kernel/rights';
import { askedList, recordLines } from '../../../../figures/record-list.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
  const { asked, lines } = await locals.run(async (ctx) => {
    allow(ctx, 'services.figures.export', {}, { measure: url.searchParams.get('measure') });
    const list = askedList(url.searchParams, ctx.now, 'staff');
    return { asked: list, lines: await recordLines(ctx, list) };
  });
  const text = (label: string, value: (line: (typeof lines)[number]) => string, width?: number) => ({
    label,
    kind: 'text' as const,
    value,
    ...(width ? { width } : {}),
  });
  const slips = !asked.measure.scopes.includes('channel');
  const bytes = await writeSheet(
    [
      text(m.services_figures_record(), (line) => line.label, 70),
      text(slips ? m.services_figures_month() : m.services_figures_received_on(), (line) => line.day, 14),
      ...(slips
        ? [text(m.services_figures_points(), (line) => line.points, 10)]
        : [
            text(m.services_figures_channel(), (line) => line.channel),
            text(m.services_figures_state(), (line) => line.state),
          ]),
    ],
    lines,
    asked.measure.title[locals.locale],
  );
  const name = asked.measure.name.replaceAll('.', '-');
  return new Response(bytes as BodyInit, {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="${name}-${asked.question.asOf}.xlsx"`,
    },
  });
};
