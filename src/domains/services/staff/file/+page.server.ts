import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { allow } from '#kernel/rights';
import { cleanLine } from '#kernel/text';
import { localDateOf } from '#kernel/time';
import { publishedOn } from '../../procedure.queries.ts';
import { foundProcedures, groupedProcedures, type ProcedureRow } from '../../procedures/list.ts';
import type { PageServerLoad } from './$types';

const here = '/services/staff/file';

export const load: PageServerLoad = async ({ locals, url }) => {
  const q = cleanLine((url.searchParams.get('q') ?? '').slice(0, 200));
  const versions = await locals.run(async (ctx) => {
    allow(ctx, 'services.counter.open');
    return publishedOn(ctx, localDateOf(ctx.now));
  });
  const toForm = (row: ProcedureRow) => ({ ...row, href: localizeHref(`${here}/${row.code}`) });
  return {
    q,
    found: q === '' ? null : foundProcedures(versions, q, locals.locale).map(toForm),
    groups: groupedProcedures(versions, locals.locale).map((group) => ({
      ...group,
      rows: group.rows.map(toForm),
    })),
    crumbs: [{ href: url.pathname, label: m.services_counter_title() }],
  };
};
