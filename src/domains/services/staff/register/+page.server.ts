import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatDateTime } from '#kernel/format';
import { registerOf, registerYears } from '../../register/register.queries.ts';
import { WAY_WORDS } from '../desk-words.ts';
import { BOOK_SIZE } from './book.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 50;

export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const years = await registerYears(ctx);
    const year = years.find((one) => String(one) === url.searchParams.get('year')) ?? years[0]!;
    const asked = Math.trunc(Number(url.searchParams.get('page')));
    const page = asked >= 1 && asked <= 1_000 ? asked : 1;
    const { total, lines } = await registerOf(ctx, year, { offset: (page - 1) * PER_PAGE, limit: PER_PAGE });
    const here = localizeHref('/services/staff/register');
    return {
      year,
      tabs: years.map((one) => ({ href: `?year=${one}`, label: String(one), current: one === year })),
      total,
      page,
      pages: Math.max(1, Math.ceil(total / PER_PAGE)),
      from: (page - 1) * PER_PAGE + 1,
      books: Array.from({ length: Math.max(1, Math.ceil(total / BOOK_SIZE)) }, (_, at) => ({
        href: `${here}/${year}-${at + 1}.pdf`,
        label: m.services_register_book({ book: String(at + 1).padStart(2, '0') }),
      })),
      sheet: `${here}/${year}.xlsx`,
      rows: lines.map((line) => ({
        number: String(line.number).padStart(2, '0'),
        href: localizeHref(`/services/staff/${line.id}`),
        code: line.code,
        procedure: line.procedure,
        name: line.name,
        hamlet: line.hamlet,
        handler: line.handler,
        received: formatDateTime(line.receivedAt, ctx.locale),
        due: line.dueAt && formatDateTime(line.dueAt, ctx.locale),
        returned: line.returnedAt && formatDate(line.returnedAt, ctx.locale),
        way: line.way && WAY_WORDS[line.way](),
        apologised: line.apologised,
      })),
      crumbs: [{ href: url.pathname, label: m.services_register_title() }],
    };
  });
