import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, attemptAll, textsOf, typedOf } from '#app/attempt';
import { SCANS, takeFile } from '#app/take-file';
import { refuse } from '#kernel/errors';
import { localDateOf } from '#kernel/time';
import { giveConsent, withdrawConsent } from '../../../consent/consent.actions.ts';
import { consentsOf } from '../../../consent/consent.queries.ts';
import { findConsentPurpose } from '../../../consent/consent-text.ts';
import { consentViews } from '../../../consent/consent-view.ts';
import { openDesk } from '../../../desk.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { consents, day } = await locals.run(async (ctx) => ({
    consents: await consentsOf(ctx, params.id),
    day: localDateOf(ctx.now),
  }));
  return {
    id: params.id,
    done: url.searchParams.get('done'),
    accept: SCANS,
    consents: consentViews(consents, day, locale),
    crumbs: [
      { href: localizeHref('/registry/staff'), label: m.registry_nav_residents({}, { locale }) },
      { href: localizeHref(`/registry/staff/${params.id}`), label: m.registry_resident({}, { locale }) },
      { href: url.pathname, label: m.registry_own_consents({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  give: async ({ locals, params, request }) => {
    // Before a file is kept: who may not write leaves nothing behind.
    if (!(await locals.run(openDesk)).writeConsents) refuse('refused', 403);
    const form = await request.formData();
    const typed = textsOf(form);
    const refused = await attemptAll(locals, `give-${typed.purpose}`, typed, async () => {
      const purpose = findConsentPurpose(typed.purpose ?? '') ?? refuse('input.invalid');
      const paper = await takeFile(form, 'paper', locals.files);
      const given = { purpose, wording: typed.wording ?? '', paper };
      await locals.run((ctx) => giveConsent(ctx, params.id, given));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/registry/staff/${params.id}/consents`)}?done=given`);
  },

  withdraw: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'withdraw', typed, (ctx) =>
      withdrawConsent(ctx, params.id, findConsentPurpose(typed.purpose ?? '') ?? refuse('input.invalid')),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(`/registry/staff/${params.id}/consents`)}?done=withdrawn`);
  },
};
