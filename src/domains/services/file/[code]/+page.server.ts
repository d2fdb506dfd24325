import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { formatDateTime } from '#kernel/format';
import { newId } from '#kernel/ids';
import { limitOf, take } from '#kernel/rate-limit';
import { draftKey, keepDraftKey, signInHref } from '../../draft/browser.ts';
import { filable, listDrafts } from '../../draft/draft.queries.ts';
import { startDraft } from '../../draft/draft.actions.ts';
import { attempt, textOf } from '../../edge.ts';
import { myMandates } from '../../mandate/mandate.actions.ts';
import { procedureFacts, procedureName } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whoever empties the shop of drafts is no citizen; a whole office may share one address. */
const startsPerAddress = limitOf(120, 15);

export const load: PageServerLoad = async ({ locals, params, cookies, url }) => {
  const { locale, actor } = locals;
  const found = await locals.run(async (ctx) => ({
    procedure: await filable(ctx, params.code),
    drafts: await listDrafts(ctx, draftKey(cookies)),
    mandates: actor.kind === 'person' ? await myMandates(ctx) : [],
  }));
  return {
    code: params.code,
    name: procedureName(found.procedure, locale),
    facts: procedureFacts(found.procedure, locale),
    reason: found.procedure.online.reason?.[locale] ?? null,
    newDraft: newId(),
    signedIn: actor.kind === 'person' ? actor.name : null,
    signIn: signInHref(url),
    mandates: found.mandates.map((mandate) => ({
      id: mandate.id,
      name: mandate.person_name,
      scope: mandate.scope,
    })),
    drafts: found.drafts
      .filter((draft) => draft.procedureCode === params.code)
      .map((draft) => ({
        href: localizeHref(`/services/file/${params.code}/${draft.id}/${draft.page ?? ''}`),
        when: formatDateTime(draft.changedAt, locale),
        onBehalf: draft.onBehalf?.name ?? null,
      })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params, request, getClientAddress } = event;
    const form = await request.formData();
    const mandateId = textOf(form, 'for', 40);
    const started = await attempt({}, async () => {
      await take(startsPerAddress, getClientAddress());
      const key = keepDraftKey(event);
      return locals.run((ctx) =>
        startDraft(ctx, {
          id: textOf(form, 'draft', 40),
          procedureCode: params.code,
          mandateId: mandateId === '' || mandateId === 'self' ? null : mandateId,
          key,
        }),
      );
    });
    if (!('form' in started)) return started;
    const first = started.form.pages[0]!.id;
    redirect(303, localizeHref(`/services/file/${params.code}/${started.id}/${first}`));
  },
};
