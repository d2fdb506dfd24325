import { fail, redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { draftKey, keepDraftKey, toSignIn } from '../../../../draft/browser.ts';
import {
  attachToDraft,
  detachFromDraft,
  fileQuestion,
  saveDraftPage,
} from '../../../../draft/draft.actions.ts';
import { answerContext, factsFor, openDraft } from '../../../../draft/draft.queries.ts';
import { draftFrame, draftHref, draftPageView } from '../../../../draft/draft-view.ts';
import { readPosted, store, storeAll, type Upload } from '../../../../draft/uploads.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, cookies, url }) => {
  const { locale } = locals;
  try {
    const { draft, context, facts } = await locals.run(async (ctx) => {
      const opened = await openDraft(ctx, params.draft, draftKey(cookies));
      return {
        draft: opened,
        context: await answerContext(ctx),
        facts: await factsFor(ctx, opened.onBehalf),
      };
    });
    const view = draftPageView(draft, params.page, { locale, context, hamlets: context.hamletList, facts });
    if (!view || draft.procedure.code !== params.code) redirect(303, draftHref(draft));
    return {
      view,
      frame: draftFrame(draft, context, locale, params.page),
      revealed: url.searchParams.has('more'),
    };
  } catch (thrown) {
    return toSignIn(thrown, url);
  }
};

/** Stores the posted files and puts them to their papers. @returns what was refused */
async function takeFiles(event: RequestEvent, uploads: readonly Upload[]) {
  if (uploads.length === 0) return [];
  const { locals, params, cookies } = event;
  const key = draftKey(cookies);
  const draft = await locals.run((ctx) => openDraft(ctx, params.draft, key, { toSave: true }));
  return storeAll(uploads, async (upload) => {
    const file = await store(locals.files, upload.file, fileQuestion(draft, upload.key));
    await locals.run((ctx) =>
      attachToDraft(ctx, params.draft, key, { key: upload.key, name: upload.file.name, file }),
    );
  });
}

async function removeAsked(event: RequestEvent, asked: unknown): Promise<boolean> {
  if (typeof asked !== 'string') return false;
  const fileId = asked.slice(asked.lastIndexOf('/') + 1);
  const { locals, params, cookies } = event;
  await locals.run((ctx) => detachFromDraft(ctx, params.draft, draftKey(cookies), fileId));
  return true;
}

export const actions: Actions = {
  default: async (event) => {
    const { locals, params, cookies, request } = event;
    const { raw, uploads } = readPosted(await request.formData());
    const refused = await takeFiles(event, uploads);
    const removed = await removeAsked(event, raw.remove);
    if (draftKey(cookies) !== null) keepDraftKey(event);
    const saved = await locals.run(async (ctx) => ({
      ...(await saveDraftPage(ctx, params.draft, draftKey(cookies), params.page, raw)),
      context: await answerContext(ctx),
    }));
    const { draft, errors, next } = saved;
    if (removed) redirect(303, draftHref(draft, params.page));
    const wrong = raw.go === 'later' ? mistakes(errors) : errors;
    if (refused.length > 0 || Object.keys(wrong).length > 0) {
      const fresh = refused.length > 0 || uploads.length > 0 ? await reopened(event) : draft;
      const view = draftPageView(fresh, params.page, {
        locale: locals.locale,
        context: saved.context,
        hamlets: saved.context.hamletList,
        raw,
        errors: wrong,
        values: saved.values,
      });
      return fail(422, { view, refused });
    }
    if (raw.go === 'later') redirect(303, `${localizeHref('/services/drafts')}?saved=${draft.id}`);
    if (saved.revealed.length > 0) redirect(303, `${draftHref(draft, params.page)}?more`);
    redirect(303, draftHref(draft, next ?? ''));
  },
};

function reopened({ locals, params, cookies }: RequestEvent) {
  return locals.run((ctx) => openDraft(ctx, params.draft, draftKey(cookies), { toSave: true }));
}

/** Whoever goes on another day may leave questions open, but is told of answers that could not be kept. */
function mistakes<E extends { code: string }>(errors: Record<string, E>): Record<string, E> {
  const open = ['required', 'must_agree'];
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => !open.includes(error.code)));
}
