/** The register as a spreadsheet, with the heads and words that an import knows again. */
import { m } from '#i18n/messages';
import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import type { SheetColumn } from '#kernel/documents/sheet';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { formatDate } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import { exportPeople, type ExportedPerson } from '../../../household/export.queries.ts';
import { listRelationWords } from '../../../import/cells.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const hamletId = url.searchParams.get('hamlet') || undefined;
    const { people, day } = await locals.run(async (ctx) => ({
      people: await exportPeople(ctx, hamletId),
      day: localDateOf(ctx.now),
    }));
    const bytes = await writeSheet(columns(), people, m.registry_nav_households());
    return fileResponse(bytes, { name: `ho-nhan-khau-${day}.xlsx`, type: XLSX });
  });

/** Vietnamese in any case: the file is the commune's own list. */
function columns(): SheetColumn<ExportedPerson>[] {
  const text = (
    label: string,
    value: (one: ExportedPerson) => string | null,
  ): SheetColumn<ExportedPerson> => {
    return { label, kind: 'text', value };
  };
  const sexes = { male: 'Nam', female: 'Nữ', other: '' };
  return [
    text('Xóm', ({ hamlet }) => hamlet),
    text('Số hộ', ({ household }) => household),
    text('Họ và tên', ({ name }) => name),
    text('Quan hệ với chủ hộ', ({ relation }) => listRelationWords(relation)),
    text('Ngày sinh', ({ birthDate, birthKnown }) => {
      return birthDate && (birthKnown === 'year' ? birthDate.slice(0, 4) : formatDate(birthDate));
    }),
    text('Giới tính', ({ sex }) => sex && sexes[sex]),
    text('Số định danh cá nhân', ({ nationalId }) => nationalId),
    text('Số điện thoại', ({ phone }) => phone),
    text('Địa chỉ', ({ address }) => address),
  ];
}
