/** The list as it is filtered, as a spreadsheet. */
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import type { Ctx } from '#kernel/context';
import type { SheetColumn } from '#kernel/documents/sheet';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { maskPhone } from '#kernel/mask';
import { localDateOf } from '#kernel/time';
import { stateOf, type Channel } from '../../dossier/dossier.ts';
import { getProcedureVersion } from '../../procedure.queries.ts';
import { readQueue } from '../../queue/address.ts';
import { exportQueue, type ExportRow } from '../../queue/queue.queries.ts';
import { procedureName, stateWords } from '../../words.ts';
import { answering } from '#app/answering';
import { CHANNEL_WORDS } from '../desk-words.ts';
import { fileResponse, XLSX } from '#app/file-response';
import { readNames, type Names } from '../queue-view.ts';
import type { RequestHandler } from './$types';

type Line = { row: ExportRow; procedure: string; step: string | null };

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const filter = readQueue(url.searchParams);
    const { lines, names, day } = await locals.run(async (ctx) => ({
      lines: await linesOf(ctx, await exportQueue(ctx, { ...filter, offset: 0, limit: 0 })),
      names: await readNames(ctx),
      day: localDateOf(ctx.now),
    }));
    const bytes = await writeSheet(columns(names), lines, m.services_sheet_name());
    return fileResponse(bytes, { name: `ho-so-${filter.view}-${day}.xlsx`, type: XLSX });
  });

async function linesOf(ctx: Ctx, rows: readonly ExportRow[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const row of rows) {
    const version = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
    const step = version.steps[row.step];
    lines.push({
      row,
      procedure: procedureName(version, ctx.locale),
      step: step ? inLocale(step.name, ctx.locale) : null,
    });
  }
  return lines;
}

function columns(names: Names): SheetColumn<Line>[] {
  const official = (id: string | null) => id && names.officials.get(id)?.fullName;
  const hamlet = (id: string | null) => id && names.hamlets.get(id);
  return [
    { label: m.services_sheet_code(), kind: 'text', value: ({ row }) => row.code },
    {
      label: m.services_sheet_procedure_code(),
      kind: 'text',
      value: ({ row }) => row.procedure_code,
      width: 14,
    },
    { label: m.services_queue_procedure(), kind: 'text', value: ({ procedure }) => procedure, width: 44 },
    { label: m.services_queue_applicant(), kind: 'text', value: ({ row }) => row.applicant_name },
    {
      label: m.services_sheet_phone(),
      kind: 'text',
      value: ({ row }) => row.applicant_phone && maskPhone(row.applicant_phone),
      width: 20,
    },
    { label: m.services_queue_hamlet(), kind: 'text', value: ({ row }) => hamlet(row.hamlet_id), width: 18 },
    {
      label: m.services_queue_channel(),
      kind: 'text',
      value: ({ row }) => CHANNEL_WORDS[row.channel as Channel](),
      width: 14,
    },
    {
      label: m.services_queue_state(),
      kind: 'text',
      value: ({ row }) => stateWords(stateOf(row.state)),
      width: 24,
    },
    { label: m.services_sheet_step(), kind: 'text', value: ({ step }) => step, width: 24 },
    { label: m.services_queue_officer(), kind: 'text', value: ({ row }) => official(row.assignee_id) },
    { label: m.services_sheet_filed(), kind: 'datetime', value: ({ row }) => row.filed_at },
    { label: m.services_sheet_received(), kind: 'datetime', value: ({ row }) => row.received_at },
    { label: m.services_queue_due(), kind: 'datetime', value: ({ row }) => row.due_at },
    { label: m.services_sheet_stopped(), kind: 'datetime', value: ({ row }) => row.clock_stopped_at },
    { label: m.services_sheet_finished(), kind: 'datetime', value: ({ row }) => row.finished_at },
    { label: m.services_sheet_returned(), kind: 'datetime', value: ({ row }) => row.returned_at },
  ];
}
