import { taskLinks } from '#domain/office';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { allow } from '#kernel/rights';
import { askedList, recordPage } from '../../../figures/record-list.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
  locals.run(async (ctx) => {
    allow(ctx, 'services.figures.see_work');
    const list = await recordPage(ctx, askedList(url.searchParams, ctx.now, 'staff'));
    return {
      list,
      query: url.searchParams.toString(),
      tasks: await taskLinks(ctx, { kind: 'indicator', id: list.name, title: list.title }),
      crumbs: [
        { href: localizeHref('/services/staff/figures'), label: m.services_figures_staff_title() },
        { href: url.pathname + url.search, label: list.title },
      ],
    };
  });
