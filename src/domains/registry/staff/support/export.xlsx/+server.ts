/** Who belongs to a group that the commune looks after, as a spreadsheet. Vietnamese: the commune's own list. */
import { m } from '#i18n/messages';
import { listHamlets } from '#domain/commune';
import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import type { SheetColumn } from '#kernel/documents/sheet';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { formatDate } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import { findPurpose } from '../../../resident.ts';
import { askedIn } from '../../../support/list-address.ts';
import { exportSupported, type Supported } from '../../../support/support.queries.ts';
import { groupWords } from '../../../support/support-words.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const asked = askedIn(url.searchParams);
    const purpose = findPurpose(url.searchParams.get('purpose'));
    const { rows, hamlets, day } = await locals.run(
      async (ctx) => ({
        rows: await exportSupported(ctx, asked),
        hamlets: await listHamlets(ctx, { on: 'ever' }),
        day: asked.day ?? localDateOf(ctx.now),
      }),
      purpose ? { purpose } : {},
    );
    const names = new Map(hamlets.map(({ id, name }) => [id, name]));
    const bytes = await writeSheet(columns(names), rows, m.registry_nav_support({}, { locale: 'vi' }));
    return fileResponse(bytes, { name: `dien-ho-tro-${day}.xlsx`, type: XLSX });
  });

function columns(hamlets: ReadonlyMap<string, string>): SheetColumn<Supported>[] {
  const text = (label: string, value: (one: Supported) => string | null): SheetColumn<Supported> => {
    return { label, kind: 'text', value };
  };
  return [
    text('Xóm', ({ hamletId }) => (hamletId === null ? null : (hamlets.get(hamletId) ?? null))),
    text('Diện', ({ group }) => groupWords(group, 'vi')),
    text('Hộ số', ({ householdNumber }) => householdNumber),
    text('Họ và tên (chủ hộ)', ({ name }) => name),
    text('Năm sinh', ({ birthYear }) => (birthYear === null ? null : String(birthYear))),
    text('Số quyết định', ({ decision }) => decision),
    text('Từ ngày', ({ from }) => formatDate(from)),
    text('Thôi từ ngày', ({ until }) => (until === null ? null : formatDate(until))),
  ];
}
