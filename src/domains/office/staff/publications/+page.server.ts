import { officeCalendar } from '#domain/commune';
import { m } from '#i18n/messages';
import { may } from '#kernel/rights';
import { hasWords } from '#domain/registry';
import { localDateOf } from '#kernel/time';
import { pageIn } from '#kernel/pager';
import { pagerOf } from '../../edge.ts';
import { PUBLICATION_LAW } from '../../publication/items.ts';
import { groupsOfYear, isLate, PUBLICATION_STATES, stateOf } from '../../publication/publication.ts';
import { listPublications, publicationYears } from '../../publication/publication.queries.ts';
import { groupRow, publicationOptions, publicationRow } from '../../publication/view.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const years = await publicationYears(ctx);
    const query = url.searchParams;
    const year = years.find((one) => String(one) === query.get('year')) ?? years[0]!;
    const item = query.get('item') ?? '';
    const state = PUBLICATION_STATES.find((one) => one === query.get('state'));
    const q = (query.get('q') ?? '').slice(0, 100);
    const calendar = await officeCalendar(ctx);
    const today = localDateOf(ctx.now);
    const all = await listPublications(ctx, year);
    const { locale } = ctx;
    const found = all
      .filter((one) => (!item || one.item === item) && hasWords([one.title, one.place], q))
      .map((one) => ({ ...one, state: stateOf(calendar, one, today) }))
      .filter((one) => !state || one.state === state);
    const page = pageIn(query);
    const rows = found.slice((page - 1) * PER_PAGE, page * PER_PAGE);
    const address = new URLSearchParams({
      year: String(year),
      ...(item && { item }),
      ...(state && { state }),
      ...(q && { q }),
    });
    return {
      year,
      item,
      state: state ?? '',
      q,
      narrowed: Boolean(item || state || q),
      law: PUBLICATION_LAW,
      tabs: years.map((one) => ({ href: `?year=${one}`, label: String(one), current: one === year })),
      groups: groupsOfYear(calendar, all, year, today).map((group) => groupRow(group, year, locale)),
      rows: rows.map((one) => publicationRow(one, isLate(calendar, one, today), locale)),
      pager: { ...pagerOf(page, PER_PAGE, rows.length, found.length), address: address.toString() },
      address: address.toString(),
      options: publicationOptions(locale),
      mayEdit: may(ctx, 'office.publication.edit'),
      mayExport: may(ctx, 'office.publication.export'),
      crumbs: [{ href: url.pathname, label: m.office_nav_publications() }],
    };
  });
