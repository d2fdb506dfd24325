import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate, formatDateTime } from '#kernel/format';
import { localDate } from '#kernel/time';
import { publishDraft } from '../../../../procedure.actions.ts';
import { draftDesk } from '../../../../procedure-draft.queries.ts';
import { procedureName } from '../../../../words.ts';
import { changesBetween } from '../../changes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { history, kept, earliest } = await draftDesk(ctx, params.code);
    const last = history.at(-1)!;
    const base = localizeHref(`/services/staff/procedures/${params.code}`);
    return {
      base,
      name: procedureName(last, ctx.locale),
      code: params.code,
      last: last.version,
      draft: kept && {
        seen: kept.changedAt.toISOString(),
        changed: m.services_draft_changed({ when: formatDateTime(kept.changedAt, ctx.locale) }),
        changes: changesBetween(last, kept.draft, ctx.locale),
        verified: kept.draft.verified,
      },
      earliest: { day: earliest, words: formatDate(localDate(earliest), ctx.locale) },
      crumbs: [
        { href: localizeHref('/services/staff/procedures'), label: m.services_desk_procedures() },
        { href: base, label: params.code },
        { href: url.pathname, label: m.services_draft_to_publish() },
      ],
    };
  });

export const actions: Actions = {
  publish: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const seen = { seen: typed.seen || null };
    const refused = await attempt(locals, 'publish', typed, (ctx) =>
      publishDraft(ctx, params.code, typed.from ?? '', seen),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(`/services/staff/procedures/${params.code}`)}?done=published`);
  },
};
