import { listHamlets } from '#domain/commune';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { redirect } from '@sveltejs/kit';
import { attemptAll, textsOf } from '#app/attempt';
import type { Locale } from '#kernel/context';
import { formatDate, formatDateTime, formatIso } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDate } from '#kernel/time';
import { viewItem } from '../../../../archive/archive.queries.ts';
import { correctItem, wordsOf, type ItemWords } from '../../../../archive/correct.actions.ts';
import { changedWords } from '../../../../archive/view.ts';
import { namesOfUsers } from '../../../../edge.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const item = await viewItem(ctx, params.item);
    const hamlets = await listHamlets(ctx, { on: 'ever' });
    const names = await namesOfUsers(ctx);
    const here = localizeHref(`/office/staff/archives/items/${params.item}`);
    return {
      title: item.title,
      kind: item.kind,
      facts: factsOf(item, hamlets, ctx.locale),
      residentHref: item.resident_id && localizeHref(`/registry/staff/${item.resident_id}`),
      dossierHref:
        item.dossier_code && `${localizeHref('/services/staff')}?q=${encodeURIComponent(item.dossier_code)}`,
      files: item.scans.map((scan, at) => ({
        id: scan.id,
        name: m.office_item_page({ page: String(at + 1) }),
        href: `${here}/scans/${scan.id}`,
        size: scan.name,
      })),
      words: wordsOf(item),
      seen: String(item.version),
      hamlets: hamlets.map(({ id, name }) => ({ value: id, label: name })),
      mayCorrect: may(ctx, 'office.archive.index'),
      course: courseOf(item, hamlets, names, ctx.locale),
      done: url.searchParams.has('done'),
      crumbs: [
        { href: localizeHref('/office/staff/archives'), label: m.office_nav_archives() },
        { href: url.pathname, label: item.title },
      ],
    };
  });

type Item = Awaited<ReturnType<typeof viewItem>>;
type Named = readonly { id: string; name: string }[];

function factsOf(item: Item, hamlets: Named, locale: Locale) {
  return [
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
      value: item.keep_until ? formatDate(localDate(item.keep_until), locale) : m.office_archive_forever(),
    },
  ];
}

function courseOf(item: Item, hamlets: Named, names: ReadonlyMap<string, string>, locale: Locale) {
  return item.changes.map(({ version, at, actor_id: actor, reason, before, after }) => ({
    title: changedWords(before as ItemWords, after as ItemWords, hamlets) || m.office_item_corrected(),
    when: formatDateTime(at, locale),
    datetime: formatIso(at),
    who: names.get(actor),
    note: reason,
    state: version === item.version ? ('now' as const) : ('done' as const),
  }));
}

export const actions: Actions = {
  correct: async ({ locals, params, request, url }) => {
    const { seen, ...typed } = textsOf(await request.formData());
    // Naming a resident opens his record; that is written down with its purpose.
    const purpose = typed.residentId ? 'dossier' : null;
    const refused = await attemptAll(locals, 'correct', typed, () =>
      locals.run((ctx) => correctItem(ctx, params.item, typed as never, Number(seen)), { purpose }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=corrected`);
  },
};
