import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { refuse } from '#kernel/errors';
import { localDateOf } from '#kernel/time';
import { giveConsent, withdrawConsent } from '../../consent/consent.actions.ts';
import { consentsOf } from '../../consent/consent.queries.ts';
import { CONSENTS, findConsentPurpose } from '../../consent/consent-text.ts';
import { consentViews } from '../../consent/consent-view.ts';
import { boundTo } from '../page-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const id = boundTo(locals, url);
  const { consents, day } = await locals.run(async (ctx) => ({
    consents: await consentsOf(ctx, id),
    day: localDateOf(ctx.now),
  }));
  return {
    done: url.searchParams.get('done'),
    verified: CONSENTS.verified,
    consents: consentViews(consents, day, locals.locale),
  };
};

export const actions: Actions = {
  give: async ({ locals, request, url }) => {
    const id = boundTo(locals, url);
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'give', typed, (ctx) =>
      giveConsent(ctx, id, {
        purpose: findConsentPurpose(typed.purpose ?? '') ?? refuse('input.invalid'),
        wording: typed.wording ?? '',
      }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/registry/own/consents')}?done=given`);
  },

  withdraw: async ({ locals, request, url }) => {
    const id = boundTo(locals, url);
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'withdraw', typed, (ctx) =>
      withdrawConsent(ctx, id, findConsentPurpose(typed.purpose ?? '') ?? refuse('input.invalid')),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/registry/own/consents')}?done=withdrawn`);
  },
};
