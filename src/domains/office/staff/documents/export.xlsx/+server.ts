/** The list as it is filtered, as a spreadsheet. */
import { m } from '#i18n/messages';
import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import type { SheetColumn } from '#kernel/documents/sheet';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { localDateOf } from '#kernel/time';
import { readDocuments } from '../../../document/address.ts';
import type { DocumentState } from '../../../document/document.ts';
import { exportDocuments, type DocumentRow } from '../../../document/document.queries.ts';
import { stateWords, typeName } from '../../../document/words.ts';
import { namesOfOfficials } from '../../../edge.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const filter = readDocuments(url.searchParams);
    const { rows, names, day } = await locals.run(async (ctx) => ({
      rows: await exportDocuments(ctx, { ...filter, offset: 0, limit: 0 }),
      names: await namesOfOfficials(ctx),
      day: localDateOf(ctx.now),
    }));
    const bytes = await writeSheet(columns(names), rows, m.office_nav_documents());
    return fileResponse(bytes, { name: `van-ban-${filter.view}-${day}.xlsx`, type: XLSX });
  });

function columns(names: ReadonlyMap<string, string>): SheetColumn<DocumentRow>[] {
  return [
    { label: m.office_document_number(), kind: 'number', value: ({ number }) => number, width: 8 },
    { label: m.office_year(), kind: 'text', value: ({ year }) => year, width: 8 },
    { label: m.office_document_symbol(), kind: 'text', value: ({ symbol }) => symbol, width: 18 },
    { label: m.office_document_type(), kind: 'text', value: ({ type }) => typeName(type, 'vi'), width: 18 },
    { label: m.office_document_summary(), kind: 'text', value: ({ summary }) => summary, width: 60 },
    { label: m.office_document_sender(), kind: 'text', value: ({ sender }) => sender, width: 32 },
    { label: m.office_document_issued_on(), kind: 'date', value: ({ issued_on }) => issued_on },
    { label: m.office_document_arrived(), kind: 'datetime', value: ({ made_at }) => made_at },
    {
      label: m.office_document_state(),
      kind: 'text',
      value: ({ state }) => stateWords(state as DocumentState),
      width: 20,
    },
    {
      label: m.office_document_handler(),
      kind: 'text',
      value: ({ handler_id: id }) => id && names.get(id),
    },
    { label: m.office_document_due(), kind: 'datetime', value: ({ due_at }) => due_at },
    { label: m.office_document_done_at(), kind: 'datetime', value: ({ done_at }) => done_at },
  ];
}
