/** The list as it is filtered, as a spreadsheet. */
import { m } from '#i18n/messages';
import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import type { Locale } from '#kernel/format';
import type { SheetColumn } from '#kernel/documents/sheet';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { localDateOf } from '#kernel/time';
import { readProducers } from '../../address.ts';
import { hamletNames } from '../../desk.queries.ts';
import { exportProducers, type ProducerLine } from '../../producer.queries.ts';
import { tradeWords } from '../../trade.ts';
import { kindWords, standardWords } from '../../words.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const { rows, names, day } = await locals.run(async (ctx) => ({
      rows: await exportProducers(ctx, readProducers(url.searchParams)),
      names: await hamletNames(ctx),
      day: localDateOf(ctx.now),
    }));
    const bytes = await writeSheet(columns(names, locals.locale), rows, m.producers_sheet_name());
    return fileResponse(bytes, { name: `co-so-san-xuat-${day}.xlsx`, type: XLSX });
  });

function columns(names: ReadonlyMap<string, string>, locale: Locale): SheetColumn<ProducerLine>[] {
  return [
    { label: m.producers_name(), kind: 'text', value: ({ name }) => name, width: 44 },
    { label: m.producers_kind(), kind: 'text', value: ({ kind }) => kindWords(kind, locale), width: 18 },
    {
      label: m.producers_hamlet(),
      kind: 'text',
      value: ({ hamletId }) => hamletId && names.get(hamletId),
      width: 18,
    },
    { label: m.producers_registration(), kind: 'text', value: (row) => row.registrationNumber, width: 18 },
    { label: m.producers_head(), kind: 'text', value: ({ headName }) => headName },
    {
      label: m.producers_trades(),
      kind: 'text',
      value: ({ trades }) => trades.map((trade) => tradeWords(trade, locale)).join(', '),
      width: 40,
    },
    {
      label: m.producers_standard(),
      kind: 'text',
      value: ({ standard }) => standard && standardWords(standard, locale),
      width: 14,
    },
    { label: m.producers_members(), kind: 'number', value: ({ members }) => members },
    { label: m.producers_from(), kind: 'date', value: ({ from }) => from },
    { label: m.producers_last_day(), kind: 'date', value: ({ last }) => last },
  ];
}
