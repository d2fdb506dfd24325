import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate } from '#kernel/format';
import { pageIn } from '#kernel/pager';
import { kindIn } from '../../diary/edge.page.ts';
import { entryRow, reasonWords } from '../../diary/edge.ts';
import { listEntries } from '../../diary/entries.queries.ts';
import { ENTRY_KINDS } from '../../diary/entry.ts';
import { listRefusals } from '../../diary/refusals.queries.ts';
import { settleRefusal } from '../../diary/settle.actions.ts';
import { kindWords } from '../../diary/words.ts';
import { may } from '#kernel/rights';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 25;

/** The diaries of the hamlets that the reader sees, and what waits for a word of an official. */
export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const page = pageIn(url.searchParams);
  const kind = kindIn(url.searchParams.get('kind'));
  const hamletId = desk.seen.find(({ value }) => value === url.searchParams.get('hamlet'))?.value;
  const range = { offset: (page - 1) * PER_PAGE, limit: PER_PAGE };
  const found = await locals.run(async (ctx) => ({
    ...(await listEntries(ctx, { kind, hamletId, ...range })),
    blocking: await listRefusals(ctx, { blocking: true, limit: 50 }),
    maySettle: may(ctx, 'farming.diary.settle'),
  }));
  return {
    kind: kind ?? '',
    hamletId: hamletId ?? '',
    kinds: ENTRY_KINDS.map((value) => ({ value, label: kindWords(value, locale) })),
    rows: found.items.map((entry) => entryRow(entry, locale)),
    blocking: found.blocking.map(({ id, codes, at, plots }) => ({
      id,
      day: formatDate(at, locale),
      plots: plots.map(({ code }) => code).join(', '),
      why: codes.map((code) => reasonWords(code, locale)).join(' '),
    })),
    maySettle: found.maySettle,
    page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    total: found.total,
    first: range.offset + 1,
    done: url.searchParams.get('done') !== null,
    crumbs: [{ href: localizeHref('/farming/staff/diary'), label: m.farming_diaries({}, { locale }) }],
  };
};

export const actions: Actions = {
  settle: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { refusal = '', note = '', until = '' } = typed;
    const refused = await attempt(locals, `settle-${refusal}`, typed, (ctx) =>
      settleRefusal(ctx, refusal, { note, until }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=1`);
  },
};
