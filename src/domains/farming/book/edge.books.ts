/** Books on pages: for which periods they can be had, and the files themselves. */
import type { RequestEvent } from '@sveltejs/kit';
import { fileResponse, PDF, XLSX } from '#app/file-response';
import { localizeHref } from '#i18n/runtime';
import { renderPdf } from '#kernel/documents/render.server';
import { writeSheets } from '#kernel/documents/xlsx.server';
import { AppError, mustExist } from '#kernel/errors';
import { formatDate } from '#kernel/format';
import { isId } from '#kernel/ids';
import { bookPeriods, readBookOf, type Subject } from './book.queries.ts';
import { bookPaper, bookSheets, fileNameOf, kindWordsOf, readFileName } from './edge.paper.ts';

/** `?group=` a producer with its members, `?holder=` a household; undefined where neither is named. */
export function subjectIn(query: URLSearchParams): Subject | undefined {
  const [group, holder] = [query.get('group') ?? '', query.get('holder') ?? ''];
  if (isId(group)) return { producerId: group };
  return isId(holder) ? { householdId: holder } : undefined;
}

/** The periods with where their files are. */
export async function periodViews({ locals }: Pick<RequestEvent, 'locals'>, subject: Subject) {
  const { locale } = locals;
  const periods = await locals.run((ctx) => bookPeriods(ctx, subject));
  const of = 'producerId' in subject ? `group=${subject.producerId}` : `holder=${subject.householdId}`;
  const place = localizeHref('/farming/diary/books');
  return periods.map((one) => ({
    id: `${one.kind}-${one.from}-${one.to}`,
    title: kindWordsOf(one.kind, locale),
    from: formatDate(one.from, locale),
    to: formatDate(one.to, locale),
    certified: one.certified,
    pdf: `${place}/${fileNameOf(one, 'pdf')}?${of}`,
    xlsx: `${place}/${fileNameOf(one, 'xlsx')}?${of}`,
  }));
}
export type PeriodView = Awaited<ReturnType<typeof periodViews>>[number];

/** The file of a book. @throws AppError `farming.book.not_found` (404) for days that are no period of the subject */
export async function bookFile(
  { locals, url }: Pick<RequestEvent, 'locals' | 'url'>,
  name: string,
): Promise<Response> {
  const asked = readFileName(name);
  const subject = subjectIn(url.searchParams);
  if (!asked || !subject) throw new AppError('farming.book.not_found', 404);
  const { book, period, commune, now } = await locals.run(async (ctx) => {
    const found = (await bookPeriods(ctx, subject)).find(
      (one) => one.kind === asked.kind && one.from === asked.from && one.to === asked.to,
    );
    const known = mustExist(found, 'farming.book');
    return { book: await readBookOf(ctx, subject, known), period: known, commune: ctx.commune, now: ctx.now };
  });
  if (asked.format === 'pdf')
    return fileResponse(await renderPdf(bookPaper(commune, book, period, now)), { name, type: PDF });
  return fileResponse(await writeSheets(bookSheets(book, locals.locale)), { name, type: XLSX });
}
