import { fail, redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { typedOf } from '#app/attempt';
import { isAppError } from '#kernel/errors';
import { formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import { attempt, errorWords } from '../../../../edge.ts';
import { dropDraft, saveDraft } from '../../../../procedure.actions.ts';
import { draftDesk, findDraft, knownForms } from '../../../../procedure-draft.queries.ts';
import { procedureName } from '../../../../words.ts';
import { changeRows } from '../../draft-rows.ts';
import { draftInput, typedFrom } from '../../draft-typed.ts';
import { faultsByField } from '../../faults.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { history, kept } = await draftDesk(ctx, params.code);
    const last = history.at(-1)!;
    const base = localizeHref(`/services/staff/procedures/${params.code}`);
    return {
      code: params.code,
      base,
      name: procedureName(kept?.draft ?? last, ctx.locale),
      last: last.version,
      kept: kept?.draft,
      typed: kept ? typedFrom(kept.draft) : null,
      seen: kept?.changedAt.toISOString() ?? '',
      changed: kept && m.services_draft_changed({ when: formatDateTime(kept.changedAt, ctx.locale) }),
      forms: await knownForms(ctx),
      mayPublish: may(ctx, 'services.procedure.publish'),
      done: url.searchParams.get('done'),
      crumbs: [
        { href: localizeHref('/services/staff/procedures'), label: m.services_desk_procedures() },
        { href: base, label: params.code },
        { href: url.pathname, label: m.services_draft_title() },
      ],
    };
  });

export const actions: Actions = {
  /** A row more, less or higher: nothing is kept yet, and nothing that was typed is lost. */
  rows: async ({ request }) => {
    const typed = await typedOf(request);
    return { typed: changeRows(typed, typed.row ?? '') ?? typed, wrong: {}, words: null };
  },

  save: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const { code } = params;
    try {
      await locals.run(async (ctx) => {
        const kept = await findDraft(ctx, code);
        await saveDraft(ctx, code, draftInput(code, typed, kept), { seen: typed.seen || null });
      });
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      const wrong = faultsByField(thrown.fields);
      return fail(thrown.status, { typed, wrong, words: errorWords(thrown.code, thrown.params) });
    }
    const base = localizeHref(`/services/staff/procedures/${code}`);
    redirect(303, typed.go === 'publish' ? `${base}/publish` : `${base}/draft?done=saved`);
  },

  drop: async ({ locals, params }) => {
    const dropped = await attempt({ typed: null, wrong: {}, words: null }, () =>
      locals.run((ctx) => dropDraft(ctx, params.code)),
    );
    if (dropped) return dropped;
    redirect(303, `${localizeHref(`/services/staff/procedures/${params.code}`)}?done=dropped`);
  },
};
