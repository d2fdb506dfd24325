import { m } from '#i18n/messages';
import { readPreference, savePreference } from '../preference.actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ preference: await locals.run(readPreference) });

export const actions: Actions = {
  save: async ({ locals, request }) => {
    const form = await request.formData();
    const locale = form.get('locale');
    const wanted = {
      zns: form.has('zns'),
      sms: form.has('sms'),
      email: form.has('email'),
      locale: locale === 'en' ? ('en' as const) : ('vi' as const),
    };
    // Boxes and a closed list cannot be filled in wrongly: a refusal here is no answer to a form.
    await locals.run((ctx) => savePreference(ctx, wanted));
    return { done: m.notifications_preference_saved({}, { locale: locals.locale }) };
  },
};
