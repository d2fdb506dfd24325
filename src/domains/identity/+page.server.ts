import { redirect } from '@sveltejs/kit';
import { listHamlets } from '#domain/commune';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import { grantsOf } from '#kernel/context';
import { AppError, refuse } from '#kernel/errors';
import { formatDate, formatDateTime } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import type { Role } from '#kernel/rights';
import { makeBackupCodes } from './auth/enrolment.ts';
import { take } from './auth/limits.ts';
import { changePassword, deviceOf, linkedProviders, renameCitizen } from './auth/own-account.ts';
import { endAllSessions, endOwnSession, listSessions } from './auth/sessions.ts';
import { endBinding, wakeBinding } from './binding.actions.ts';
import { ownBinding } from './binding.queries.ts';
import { attempt, dropSessionCookie, readForm, visitorOf } from './edge.ts';
import { roleName } from './words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { auth, actor, session, locale } = locals;
  if (actor.kind !== 'person' || !session) {
    const back = new URLSearchParams({ back: url.pathname });
    redirect(303, `${localizeHref('/identity/sign-in')}?${back}`);
  }
  const sessions = await listSessions(auth, actor.userId, new Date());
  const linked = await linkedProviders(auth, actor.userId);
  const { binding, hamlets } = await locals.run(async (ctx) => ({
    binding: await ownBinding(ctx),
    hamlets: new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name])),
  }));
  const official = !session.email.endsWith('.invalid');
  return {
    name: actor.name,
    phone: actor.phone && formatPhone(actor.phone),
    email: official ? session.email : null,
    official,
    secondFactor: session.secondFactor,
    rolesAsleep: session.rolesAsleep,
    roles: grantsOf(actor).map((grant) => ({
      name: roleName(grant.role as Role, locale),
      hamlet: grant.hamletId && (hamlets.get(grant.hamletId) ?? null),
    })),
    binding: binding && {
      asleep: binding.asleep,
      method: binding.method,
      on: formatDate(binding.boundAt, locale),
    },
    providers: auth.providers.map(({ id, name }) => ({
      id,
      name: inLocale(name, locale),
      linked: linked.includes(id),
    })),
    sessions: sessions.map((one) => ({
      id: one.id,
      current: one.id === session.id,
      device: deviceOf(one.userAgent),
      began: formatDateTime(one.beganAt, locale),
      until: formatDateTime(one.expiresAt, locale),
      address: one.address,
    })),
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  name: async (event) => {
    const { name } = await readForm(event, 'name');
    return attempt({ at: 'name' as const }, async () => {
      await renameCitizen(event.locals.auth, meOf(event), name);
      return { saved: 'name' as const };
    });
  },

  /** The whole 12-digit number wakes a binding that sleeps; a few tries an hour. */
  wake: async (event) => {
    const { number } = await readForm(event, 'number');
    const { auth, run } = event.locals;
    return attempt({ at: 'wake' as const }, async () => {
      await take(auth.limits.secretsPerSession, meOf(event));
      await run((ctx) => wakeBinding(ctx, number));
      return { saved: 'wake' as const };
    });
  },

  unbind: async (event) =>
    attempt({ at: 'unbind' as const }, async () => {
      await event.locals.run((ctx) => endBinding(ctx, meOf(event)));
      return { saved: 'unbind' as const };
    }),

  endSession: async (event) => {
    const { id } = await readForm(event, 'id');
    return attempt({ at: 'sessions' as const }, async () => {
      const ended = await endOwnSession(event.locals.auth, meOf(event), id);
      if (!ended) throw new AppError('identity.session.not_found', 404);
      return { saved: 'sessions' as const };
    });
  },

  endAll: async (event) => {
    const result = await attempt({ at: 'sessions' as const }, () =>
      endAllSessions(event.locals.auth, meOf(event)),
    );
    if (result) return result;
    dropSessionCookie(event);
    redirect(303, localizeHref('/identity/sign-in'));
  },

  password: async (event) => {
    const form = await readForm(event, 'current', 'next');
    const { auth, actor, session, commune } = event.locals;
    return attempt({ at: 'password' as const }, async () => {
      meOf(event);
      const about = [session?.email ?? '', actor.kind === 'person' ? actor.name : '', commune.name];
      await changePassword(auth, { ...form, about }, visitorOf(event));
      return { saved: 'password' as const };
    });
  },

  /** New backup codes, shown once; only in a session that proved two factors. */
  backupCodes: async (event) =>
    attempt({ at: 'backup' as const }, async () => {
      const userId = meOf(event);
      if (!event.locals.session?.secondFactor) refuse('refused', 403);
      return { saved: 'backup' as const, backupCodes: await makeBackupCodes(event.locals.auth, userId) };
    }),
};

/** @throws AppError `sign_in_needed` (401) */
function meOf({ locals }: RequestEvent): string {
  return locals.actor.kind === 'person' ? locals.actor.userId : refuse('sign_in_needed', 401);
}
