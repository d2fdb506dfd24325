import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { isAppError } from '#kernel/errors';
import { beginEnrolment, makeBackupCodes, pendingEnrolment } from '../auth/enrolment.ts';
import { demoTotp } from '../auth/demo.ts';
import { qrSvg } from '#kernel/documents/qr';
import { enterBackupCode, enterPassword, enterTotp } from '../auth/staff-door.ts';
import { withCookies } from '../auth/cookies.ts';
import { attempt, keepCookies, ownPath, readForm, visitorOf } from '../edge.ts';
import { recordRefusedSignIn, recordSignIn } from '../record-sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** `?step=code` after the password, `?step=enrol` for an account that has no authenticator yet. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const step = url.searchParams.get('step');
  const demo = locals.commune.demo && (await locals.auth.onlyDemo());
  const person = locals.actor.kind === 'person' ? locals.actor : null;
  const enrolling = step === 'enrol' && person && !locals.session?.secondFactor;
  const enrolment = enrolling ? await pendingEnrolment(locals.auth, person.userId) : null;
  return {
    step: enrolment ? ('enrol' as const) : step === 'code' ? ('code' as const) : ('password' as const),
    back: ownPath(url.searchParams.get('back'), ''),
    enrolment: enrolment && {
      secret: enrolment.secret.match(/.{1,4}/g)!.join(' '),
      qr: qrSvg(enrolment.uri),
    },
    demoTotp: step === 'code' && demo ? demoTotp(new Date()) : null,
    chosen: url.searchParams.has('chosen'),
  };
};

export const actions: Actions = {
  password: async (event) => {
    const form = await readForm(event, 'email', 'password', 'back');
    const back = ownPath(form.back, '');
    const { auth, run } = event.locals;
    const visitor = visitorOf(event);
    const result = await attempt({ step: 'password' as const, typed: form.email, back }, async () => {
      try {
        return await enterPassword(auth, form, visitor);
      } catch (thrown) {
        if (isAppError(thrown)) await run((ctx) => recordRefusedSignIn(ctx, form.email));
        throw thrown;
      }
    });
    if (!('cookies' in result)) return result;
    keepCookies(event, result.cookies);
    if (result.next === 'enrol') {
      const headers = withCookies(visitor.headers, result.cookies);
      await beginEnrolment(auth, form.password, { ...visitor, headers });
    }
    redirect(303, stepHref(result.next === 'enrol' ? 'enrol' : 'code', back));
  },

  code: async (event) => {
    const form = await readForm(event, 'code', 'back');
    const back = ownPath(form.back, '');
    const result = await attempt({ step: 'code' as const, back }, () =>
      enterTotp(event.locals.auth, form.code, visitorOf(event)),
    );
    if (!('cookies' in result)) return result;
    keepCookies(event, result.cookies);
    await event.locals.runAsDoor((ctx) => recordSignIn(ctx, 'totp', result.userId));
    redirect(303, back || localizeHref('/services/staff'));
  },

  backup: async (event) => {
    const form = await readForm(event, 'backup', 'back');
    const back = ownPath(form.back, '');
    const result = await attempt({ step: 'code' as const, back }, () =>
      enterBackupCode(event.locals.auth, form.backup, visitorOf(event)),
    );
    if (!('cookies' in result)) return result;
    keepCookies(event, result.cookies);
    await event.locals.runAsDoor((ctx) => recordSignIn(ctx, 'backup_code', result.userId));
    redirect(303, back || localizeHref('/services/staff'));
  },

  /** The first right code makes the authenticator count; then the backup codes are shown, once. */
  enrol: async (event) => {
    const form = await readForm(event, 'code', 'back');
    const back = ownPath(form.back, '');
    const { auth } = event.locals;
    const result = await attempt({ step: 'enrol' as const, back }, () =>
      enterTotp(auth, form.code, visitorOf(event)),
    );
    if (!('cookies' in result)) return result;
    keepCookies(event, result.cookies);
    await event.locals.runAsDoor((ctx) => recordSignIn(ctx, 'totp', result.userId));
    return { step: 'done' as const, back, backupCodes: await makeBackupCodes(auth, result.userId) };
  },
};

function stepHref(step: 'code' | 'enrol', back: string): string {
  const query = new URLSearchParams({ step, ...(back ? { back } : {}) });
  return `${localizeHref('/identity/officials')}?${query}`;
}
