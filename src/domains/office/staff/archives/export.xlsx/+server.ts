/** The index as it is filtered, as a spreadsheet. */
import { listHamlets } from '#domain/commune';
import { m } from '#i18n/messages';
import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import type { SheetColumn } from '#kernel/documents/sheet';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { localDateOf } from '#kernel/time';
import { readIndex } from '../../../archive/address.ts';
import { exportItems } from '../../../archive/archive.queries.ts';
import type { RequestHandler } from './$types';

type Line = Awaited<ReturnType<typeof exportItems>>[number];

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const { filter } = readIndex(url.searchParams);
    const { rows, names, day } = await locals.run(async (ctx) => ({
      rows: await exportItems(ctx, { ...filter, offset: 0, limit: 0 }),
      names: new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name])),
      day: localDateOf(ctx.now),
    }));
    const columns: SheetColumn<Line>[] = [
      { label: m.office_archive_name(), kind: 'text', value: ({ archive }) => archive, width: 32 },
      { label: m.office_item_kind(), kind: 'text', value: ({ kind }) => kind },
      { label: m.office_item_number(), kind: 'text', value: ({ number }) => number, width: 14 },
      { label: m.office_year(), kind: 'number', value: ({ year }) => year, width: 8 },
      { label: m.office_item_title(), kind: 'text', value: ({ title }) => title, width: 50 },
      { label: m.office_item_person(), kind: 'text', value: ({ person }) => person },
      {
        label: m.office_item_hamlet(),
        kind: 'text',
        value: (row) => row.hamlet_id && names.get(row.hamlet_id),
      },
      { label: m.office_item_dossier(), kind: 'text', value: (row) => row.dossier_code },
      { label: m.office_item_keep(), kind: 'date', value: ({ keep_until }) => keep_until },
    ];
    const bytes = await writeSheet(columns, rows, m.office_archive_index());
    return fileResponse(bytes, { name: `muc-luc-luu-tru-${day}.xlsx`, type: XLSX });
  });
