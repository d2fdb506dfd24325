/** Who stays here for a time and who is away on a day, as a spreadsheet. Vietnamese: the commune's own list. */
import { m } from '#i18n/messages';
import { listHamlets } from '#domain/commune';
import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import type { SheetColumn } from '#kernel/documents/sheet';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { formatDate } from '#kernel/format';
import { localDateOf, parseLocalDate } from '#kernel/time';
import { findStayKind } from '../../../stay/stay.ts';
import { exportStays, type Stay } from '../../../stay/stay.queries.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const hamletId = url.searchParams.get('hamlet') || undefined;
    const kind = findStayKind(url.searchParams.get('kind'));
    const asked = parseLocalDate(url.searchParams.get('day') ?? '');
    const { stays, hamlets, day } = await locals.run(async (ctx) => ({
      stays: await exportStays(ctx, { hamletId, kind, day: asked }),
      hamlets: await listHamlets(ctx, { on: 'ever' }),
      day: asked ?? localDateOf(ctx.now),
    }));
    const names = new Map(hamlets.map(({ id, name }) => [id, name]));
    const bytes = await writeSheet(columns(names), stays, m.registry_nav_stays({}, { locale: 'vi' }));
    return fileResponse(bytes, { name: `tam-tru-tam-vang-${day}.xlsx`, type: XLSX });
  });

function columns(hamlets: ReadonlyMap<string, string>): SheetColumn<Stay>[] {
  const text = (label: string, value: (one: Stay) => string | null): SheetColumn<Stay> => {
    return { label, kind: 'text', value };
  };
  return [
    text('Xóm', ({ hamletId }) => hamlets.get(hamletId) ?? null),
    text('Họ và tên', ({ name }) => name),
    text('Năm sinh', ({ birthYear }) => (birthYear === null ? null : String(birthYear))),
    text('Hình thức', ({ kind }) => (kind === 'residence' ? 'Tạm trú' : 'Tạm vắng')),
    text('Địa chỉ trong xã', ({ address }) => address),
    text('Nơi thường trú hoặc nơi đến', ({ elsewhere }) => elsewhere),
    text('Từ ngày', ({ from }) => formatDate(from)),
    text('Đến hết ngày', ({ to }) => formatDate(to)),
  ];
}
