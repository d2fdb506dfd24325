import { fail, redirect, type RequestEvent as KitEvent } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import { isAppError } from '#kernel/errors';
import { formatMoney } from '#kernel/format';
import { validateAll } from '#kernel/forms/validate';
import { draftKey, signInHref, toSignIn } from '../../../draft/browser.ts';
import { deleteDraft } from '../../../draft/draft.actions.ts';
import { faultsByPage } from '../../../draft/draft.ts';
import { answerContext, openDraft } from '../../../draft/draft.queries.ts';
import { draftFrame, draftHref, expiryWords, sizeWords } from '../../../draft/draft-view.ts';
import { filedFromDraft, submitDraft } from '../../../draft/submit.actions.ts';
import { refusalOf } from '../../../edge.ts';
import { feeOfAnswers } from '../../../fee-of-answers.ts';
import { fieldErrorWords, reviewView } from '../../../form-view.ts';
import { fieldsOf } from '#kernel/forms/flatten';
import { feeWords } from '../../../words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, cookies, url } = event;
  const { locale } = locals;
  try {
    const { draft, context } = await locals.run(async (ctx) => ({
      draft: await openDraft(ctx, params.draft, draftKey(cookies)),
      context: await answerContext(ctx),
    }));
    const { values, errors } = validateAll(draft.form, draft.values, context);
    const labels = new Map(fieldsOf(draft.form).map((field) => [field.key, inLocale(field.label, locale)]));
    const hamletNames = new Map(context.hamletList.map(({ id, name }) => [id, name]));
    const fee = feeOfAnswers(draft.procedure.fee, values, [], 'online').amount;
    return {
      frame: draftFrame(draft, context, locale, null),
      review: reviewView(draft.form, draft.values, locale, { today: context.today, hamletNames }, (page) =>
        draftHref(draft, page),
      ),
      files: draft.files.map(({ id, name, size }) => ({
        href: `${draftHref(draft)}/files/${id}`,
        name,
        size: sizeWords(size, locale),
      })),
      faults: faultsByPage(draft.form, errors).map(({ pageId, key, error }) => ({
        href: `${draftHref(draft, pageId)}#f-${key.replaceAll('.', '-')}`,
        label: `${labels.get(key) ?? key}: ${fieldErrorWords(error, locale)}`,
      })),
      fee: fee === null ? feeWords(draft.procedure.fee, locale) : formatMoney(fee, locale),
      signedIn: locals.actor.kind === 'person',
      signIn: signInHref(url),
      kept: expiryWords(draft.expiresAt, locale),
    };
  } catch (thrown) {
    await toReceipt(event, thrown);
    return toSignIn(thrown, url);
  }
};

/** A draft that has become a dossier is gone: whoever filed it is shown the receipt instead. */
async function toReceipt({ locals, params }: KitEvent, thrown: unknown): Promise<void> {
  if (!isAppError(thrown) || thrown.status !== 404 || locals.actor.kind !== 'person') return;
  const filed = await locals.run((ctx) => filedFromDraft(ctx, params.draft ?? ''));
  if (filed) redirect(303, localizeHref(`/services/mine/${filed.id}`));
}

export const actions: Actions = {
  submit: async ({ locals, params, cookies, url }) => {
    const filed = await locals
      .run((ctx) => submitDraft(ctx, params.draft, draftKey(cookies)))
      .catch((thrown: unknown) => {
        const { status, refused } = refusalOf(thrown);
        return status === 401 ? null : fail(status, { refused });
      });
    if (filed === null) redirect(303, signInHref(new URL(url.pathname, url)));
    if (!('trackingCode' in filed)) return filed;
    redirect(303, `${localizeHref(`/services/mine/${filed.id}`)}?filed`);
  },

  discard: async ({ locals, params, cookies }) => {
    await locals.run((ctx) => deleteDraft(ctx, params.draft, draftKey(cookies)));
    redirect(303, `${localizeHref('/services/drafts')}?gone`);
  },
};
