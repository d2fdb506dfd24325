import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { pageIn } from '#kernel/pager';
import { hamletsWhere } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { CHECKLISTS } from '../../inspection/checklist.ts';
import { inspectionRow } from '../../inspection/edge.view.ts';
import { listInspections } from '../../inspection/inspection.queries.ts';
import { headNames } from '../../plot/household.queries.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;

/** Internal inspections of the hamlets that the reader sees. */
export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const page = pageIn(url.searchParams);
  const open = url.searchParams.get('open') === 'yes';
  const hamletId = desk.seen.find(({ value }) => value === url.searchParams.get('hamlet'))?.value;
  const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const { items, total, heads, may, today } = await locals.run(async (ctx) => {
    const found = await listInspections(ctx, { hamletId, open, ...range });
    const some = hamletsWhere(ctx, 'farming.inspection.record');
    const heads = await headNames(ctx, found.items);
    return { ...found, heads, may: some === 'all' || some.length > 0, today: localDateOf(ctx.now) };
  });
  return {
    open,
    hamletId: hamletId ?? '',
    rows: items.map((one) =>
      inspectionRow(one, (one.householdId && heads.get(one.householdId)) ?? null, today, locale),
    ),
    checklists: may ? CHECKLISTS.map(({ code, title }) => ({ code, title: title[locale] })) : [],
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    total,
    first: range.offset + 1,
    crumbs: [{ href: localizeHref('/farming/staff/inspections'), label: m.farming_inspections() }],
  };
};
