import { listHamlets } from '#domain/commune';
import { m } from '#i18n/messages';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { readIndex } from '../../archive/address.ts';
import { listArchives, listItems } from '../../archive/archive.queries.ts';
import { archiveView, itemView } from '../../archive/view.ts';
import { pageIn } from '#kernel/pager';
import { pagerOf } from '../../edge.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const { filter, address } = readIndex(url.searchParams);
    const page = pageIn(url.searchParams);
    const archives = await listArchives(ctx);
    const { total, rows } = await listItems(ctx, {
      ...filter,
      offset: (page - 1) * PER_PAGE,
      limit: PER_PAGE,
    });
    const hamlets = await listHamlets(ctx, { on: 'ever' });
    const names = new Map(hamlets.map(({ id, name }) => [id, name]));
    const today = localDateOf(ctx.now);
    return {
      filter,
      narrowed: address !== '',
      archives: archives.map(archiveView),
      rows: rows.map((row) => itemView(row, { names, today, locale: ctx.locale })),
      pager: { ...pagerOf(page, PER_PAGE, rows.length, total), address },
      options: {
        archives: archives.map(({ id, name }) => ({ value: id, label: name })),
        hamlets: hamlets.map(({ id, name }) => ({ value: id, label: name })),
      },
      mayEdit: may(ctx, 'office.archive.edit'),
      mayExport: may(ctx, 'office.archive.export'),
      crumbs: [{ href: url.pathname, label: m.office_nav_archives() }],
    };
  });
