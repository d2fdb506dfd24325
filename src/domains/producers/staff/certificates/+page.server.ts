import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatNumber } from '#kernel/format';
import { localDateOf } from '#kernel/time';
import { pageIn } from '#kernel/pager';
import { pagesOf, readCertificates } from '../../address.ts';
import { PAPER_KINDS } from '../../certificate/certificate.ts';
import { listCertificates } from '../../certificate/certificate.queries.ts';
import { hamletNames, hamletOptions } from '../../desk.queries.ts';
import { paperWords } from '../../words.ts';
import { paperView } from '../[id]/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const filter = readCertificates(url.searchParams);
  const { found, names, hamlets, today } = await locals.run(async (ctx) => ({
    found: await listCertificates(ctx, filter),
    names: await hamletNames(ctx),
    hamlets: await hamletOptions(ctx),
    today: localDateOf(ctx.now),
  }));
  return {
    kind: filter.kind ?? '',
    shown: filter.shown ?? 'expiring',
    hamlet: filter.hamletId ?? '',
    filtered: Boolean(filter.kind || filter.hamletId || filter.shown),
    kinds: PAPER_KINDS.map((kind) => ({ value: kind, label: paperWords(kind, locale) })),
    hamlets,
    rows: found.items.map((one) => ({
      ...paperView(one, today, locale),
      producerId: one.producerId,
      producer: one.producerName,
      hamletName: (one.hamletId && names.get(one.hamletId)) || '–',
    })),
    count: formatNumber(found.total, { locale }),
    query: url.searchParams.toString(),
    pages: pagesOf(found.total, pageIn(url.searchParams), found.items.length),
    crumbs: [
      { href: localizeHref('/producers/staff'), label: m.producers_desk({}, { locale }) },
      { href: url.pathname, label: m.producers_nav_certificates({}, { locale }) },
    ],
  };
};
