/** The counter: a citizen is here with the identity card, and the account is bound or unbound. */
import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { refuse } from '#kernel/errors';
import { bindResident, unbindPhone } from '../binding.actions.ts';
import { mayBind } from '../binding.queries.ts';
import { attempt, readForm } from '../edge.ts';

/** Written beside the look into the register. */
const PURPOSE = { purpose: 'own_request' } as const;

export async function loadCounter({ locals }: RequestEvent) {
  await locals.run(async (ctx) => mayBind(ctx));
  const label = m.identity_counter_title({}, { locale: locals.locale });
  return { crumbs: [{ href: localizeHref('/identity/staff/counter'), label }] };
}

export async function bindAtCounter(event: RequestEvent) {
  const { phone, name, number, seen } = await readForm(event, 'phone', 'name', 'number', 'seen');
  return attempt({ at: 'bind' as const, phone, name }, async () => {
    if (seen !== 'on') refuse('identity.counter.not_seen', 422);
    await event.locals.run((ctx) => bindResident(ctx, { phone, name, nationalId: number }), PURPOSE);
    return { done: 'bound' as const };
  });
}

export async function unbindAtCounter(event: RequestEvent) {
  const { phone } = await readForm(event, 'phone');
  return attempt({ at: 'unbind' as const, phone: '', name: '' }, async () => {
    await event.locals.run((ctx) => unbindPhone(ctx, phone));
    return { done: 'unbound' as const };
  });
}
