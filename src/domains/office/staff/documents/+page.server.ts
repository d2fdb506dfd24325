import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Locale } from '#kernel/context';
import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { addressOf, isNarrowed, readDocuments } from '../../document/address.ts';
import { STATES } from '../../document/document.ts';
import {
  bookYears,
  DOCUMENT_VIEWS,
  listDocuments,
  type DocumentRow,
} from '../../document/document.queries.ts';
import { stateLabel, stateWords, typeName, typeOptions, VIEW_WORDS } from '../../document/words.ts';
import { pageIn } from '#kernel/pager';
import { aroundWork, officialOptions, pagerOf } from '../../edge.ts';
import { dueView, URGENCY_WORDS } from '../../words.ts';
import type { DocumentState } from '../../document/document.ts';
import type { Urgency } from '../../document/kinds.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const filter = readDocuments(url.searchParams);
    const page = pageIn(url.searchParams);
    const span = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
    const { total, rows } = await listDocuments(ctx, { ...filter, ...span });
    const around = await aroundWork(ctx);
    const years = await bookYears(ctx);
    const address = addressOf(filter);
    return {
      filter,
      address,
      narrowed: isNarrowed(filter),
      pager: { ...pagerOf(page, PER_PAGE, rows.length, total), address },
      rows: rows.map((row) => rowView(row, around)),
      tabs: DOCUMENT_VIEWS.map((view) => ({
        href: `?view=${view}`,
        label: VIEW_WORDS[view](),
        current: view === filter.view,
      })),
      options: {
        types: typeOptions(ctx.locale),
        states: STATES.map((value) => ({ value, label: stateWords(value) })),
        years: years.map((year) => ({ value: String(year), label: String(year) })),
        officials: officialOptions(around.officials, localDateOf(ctx.now)),
      },
      may: {
        register: may(ctx, 'office.document.register'),
        draft: may(ctx, 'office.document.draft'),
        export: may(ctx, 'office.document.export'),
        book: may(ctx, 'office.document.read_book'),
      },
      bookYear: filter.year ?? years[0]!,
      crumbs: [{ href: url.pathname, label: m.office_nav_documents() }],
    };
  });

type Around = { names: ReadonlyMap<string, string>; soon: Date; now: Date; locale: Locale };

function rowView(row: DocumentRow, { names, soon, now, locale }: Around) {
  const state = row.state as DocumentState;
  const urgency = row.urgency as Urgency;
  const open = state === 'registered' || state === 'routed';
  return {
    id: row.id,
    href: localizeHref(`/office/staff/documents/${row.id}`),
    number: row.number === null ? null : `${String(row.number).padStart(2, '0')}/${row.year}`,
    direction: row.direction,
    symbol: row.symbol,
    type: typeName(row.type, locale),
    summary: row.summary,
    sender: row.sender,
    day: formatDate(row.direction === 'in' ? row.made_at : (row.done_at ?? row.made_at), locale),
    urgency: urgency === 'normal' ? null : URGENCY_WORDS[urgency](),
    state: stateLabel(state),
    due: dueView({ due: row.due_at, open, now, soon }, locale),
    handler: row.handler_id && (names.get(row.handler_id) ?? null),
  };
}
