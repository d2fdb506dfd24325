import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatNumber, type Locale } from '#kernel/format';
import type { Count, PredecessorStock } from '../../merger/merger.ts';
import { listMergers, takeStock, type Merger } from '../../merger/merger.queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { stock, mergers } = await locals.run(async (ctx) => ({
    stock: await takeStock(ctx),
    mergers: await listMergers(ctx),
  }));
  return {
    counts: stock.counts.map((count) => countView(count, locale)),
    mergers: mergers.map((merger) => mergerView(merger, url, locale)),
    crumbs: [
      { href: localizeHref('/commune/staff'), label: m.commune_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.commune_desk_merger({}, { locale }) },
    ],
  };
};

function countView({ name, title, count, open }: Count, locale: Locale) {
  return { name, title: title[locale], count: formatNumber(count, { locale }), open: open && count > 0 };
}

function mergerView({ id, role, day, source, report }: Merger, url: URL, locale: Locale) {
  const names = report.predecessors.map(({ name }) => name).join(', ');
  const date = formatDate(day, locale);
  return {
    id,
    title:
      role === 'successor'
        ? m.commune_merger_made_of({ day: date, predecessors: names }, { locale })
        : m.commune_merger_became({ day: date, successor: report.successor.name }, { locale }),
    source,
    predecessors: report.predecessors.map((one) => ({
      name: one.name,
      site: siteOf(one, url),
      counts: one.counts.map((count) => countView(count, locale)),
    })),
  };
}

/** The old host under the same port; none where it answered only to every other name. */
function siteOf({ hosts }: PredecessorStock, { protocol, port, hostname }: URL): string | null {
  const host = hosts.find((one) => one !== '*');
  if (host === undefined || host === hostname) return null;
  return `${protocol}//${host}${port ? `:${port}` : ''}/`;
}
