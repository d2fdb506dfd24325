import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import { enterCode, requestCode } from '../auth/citizen-door.ts';
import { SESSION_COOKIE, sessionToken } from '../auth/cookies.ts';
import { endSession } from '../auth/sessions.ts';
import { attempt, dropSessionCookie, keepCookies, ownPath, readForm, visitorOf } from '../edge.ts';
import { recordSignIn } from '../record-sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
  back: ownPath(url.searchParams.get('back'), ''),
  name: locals.actor.kind === 'person' ? locals.actor.name || locals.actor.phone : null,
  providers: locals.auth.providers.map(({ id, name }) => ({ id, name: inLocale(name, locals.locale) })),
  refusedBy: url.searchParams.has('error'),
});

export const actions: Actions = {
  /** First step: a code is sent to the phone. */
  phone: async (event) => {
    const { phone, back } = await readForm(event, 'phone', 'back');
    const { auth, commune, locale } = event.locals;
    return attempt({ step: 'phone' as const, typed: phone, back: ownPath(back, '') }, async () => ({
      step: 'code' as const,
      back: ownPath(back, ''),
      sent: await requestCode(auth, { phone, commune, locale }, visitorOf(event)),
    }));
  },

  /** Second step: the code opens a session. */
  code: async (event) => {
    const form = await readForm(event, 'request', 'code', 'phone', 'minutes', 'demo', 'back');
    const { auth } = event.locals;
    const demoCode = /^\d{6}$/.test(form.demo) ? form.demo : null;
    const sent = { request: form.request, phone: form.phone, minutes: Number(form.minutes) || 5, demoCode };
    const back = ownPath(form.back, '');
    const result = await attempt({ step: 'code' as const, sent, back }, () =>
      enterCode(auth, form, visitorOf(event)),
    );
    if (!('cookies' in result)) return result;
    keepCookies(event, result.cookies);
    await event.locals.runAsDoor((ctx) => recordSignIn(ctx, 'phone', result.userId));
    redirect(303, back || localizeHref('/identity'));
  },

  signOut: async (event) => {
    const { auth } = event.locals;
    await endSession(auth, sessionToken(event.cookies.get(SESSION_COOKIE), auth.secret));
    dropSessionCookie(event);
    redirect(303, localizeHref('/'));
  },
};
