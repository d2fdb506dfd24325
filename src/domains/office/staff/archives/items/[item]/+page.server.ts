import { listHamlets } from '#domain/commune';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate } from '#kernel/format';
import { localDate } from '#kernel/time';
import { viewItem } from '../../../../archive/archive.queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const item = await viewItem(ctx, params.item);
    const hamlets = await listHamlets(ctx, { on: 'ever' });
    const here = localizeHref(`/office/staff/archives/items/${params.item}`);
    return {
      title: item.title,
      kind: item.kind,
      facts: [
        { label: m.office_archive_name(), value: item.archive },
        { label: m.office_item_number(), value: [item.number, item.year].filter(Boolean).join('/') },
        { label: m.office_item_person(), value: item.person },
        {
          label: m.office_item_hamlet(),
          value: hamlets.find(({ id }) => id === item.hamlet_id)?.name ?? null,
        },
        { label: m.office_item_dossier(), value: item.dossier_code },
        {
          label: m.office_item_keep(),
          value: item.keep_until
            ? formatDate(localDate(item.keep_until), ctx.locale)
            : m.office_archive_forever(),
        },
      ],
      residentHref: item.resident_id && localizeHref(`/registry/staff/${item.resident_id}`),
      dossierHref:
        item.dossier_code && `${localizeHref('/services/staff')}?q=${encodeURIComponent(item.dossier_code)}`,
      files: item.scans.map((scan, at) => ({
        id: scan.id,
        name: m.office_item_page({ page: String(at + 1) }),
        href: `${here}/scans/${scan.id}`,
        size: scan.name,
      })),
      crumbs: [
        { href: localizeHref('/office/staff/archives'), label: m.office_nav_archives() },
        { href: url.pathname, label: item.title },
      ],
    };
  });
