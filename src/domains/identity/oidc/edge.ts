/** The way to an identity provider and back: `<provider>`, `link/<provider>`, `callback/<provider>`. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { errorWords } from '#app/words';
import { localizeHref } from '#i18n/runtime';
import { isAppError } from '#kernel/errors';
import { departTo, returnFrom, type Return } from '../auth/provider-door.ts';
import type { Visitor } from '../auth/staff-door.ts';
import { bindByProvider } from '../binding.actions.ts';
import { keepCookies, ownPath, visitorOf } from '../edge.ts';
import { recordSignIn } from '../record-sign-in.ts';

export async function goOrReturn(event: RequestEvent, step: string): Promise<Response> {
  const [way, provider] = step.split('/');
  try {
    if (way === 'callback' && provider) return await comeBack(event, provider);
    if (way === 'link' && provider) return await depart(event, provider, true);
    if (way && provider === undefined) return await depart(event, way, false);
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    const { code, params, status } = thrown;
    error(status, { code, message: errorWords(code, params, event.locals.locale) });
  }
  error(404, { code: 'not_found', message: errorWords('not_found', {}, event.locals.locale) });
}

async function depart(event: RequestEvent, provider: string, link: boolean): Promise<Response> {
  const { auth, actor, session } = event.locals;
  const failed = localizeHref(link ? '/identity' : '/identity/sign-in');
  // An official's account takes on a new way in only from a session that proved two factors.
  const official = session !== null && !session.email.endsWith('.invalid');
  if (link && (actor.kind !== 'person' || (official && !session.secondFactor)))
    redirect(303, localizeHref('/identity/sign-in'));
  const back = ownPath(event.url.searchParams.get('back'), localizeHref('/identity'));
  const away = await departTo(auth, { provider, back, failed, link }, visitorAt(event));
  keepCookies(event, away.cookies);
  return new Response(null, { status: 302, headers: { location: away.url } });
}

async function comeBack(event: RequestEvent, provider: string): Promise<Response> {
  const query = Object.fromEntries(event.url.searchParams);
  const back = await returnFrom(event.locals.auth, { provider, query }, visitorAt(event));
  keepCookies(event, back.cookies);
  const bound = await bindArrival(event, back);
  const failed = localizeHref('/identity/sign-in');
  const location =
    bound === false ? `${localizeHref('/identity')}?done=no_match` : ownPath(back.location, failed);
  return new Response(null, { status: 303, headers: { location } });
}

/** Binds whoever arrived to the resident that the provider names. @returns null where it names nobody */
async function bindArrival(event: RequestEvent, { token, claims }: Return): Promise<boolean | null> {
  const { locals } = event;
  const arrived = token ? await locals.whoHolds(token) : null;
  const actor = arrived?.actor ?? locals.actor;
  if (token && arrived) await locals.runAsDoor((ctx) => recordSignIn(ctx, 'provider', arrived.actor.userId));
  if (!claims?.nationalId || actor.kind !== 'person') return null;
  const { nationalId, name, provider } = claims;
  locals.actor = actor;
  return (await locals.run((ctx) => bindByProvider(ctx, { provider, nationalId, name }))) !== null;
}

/** The visitor as seen from the public address, whatever a proxy's headers say. */
function visitorAt(event: RequestEvent): Visitor {
  const visitor = visitorOf(event);
  const headers = new Headers(visitor.headers);
  headers.delete('x-forwarded-host');
  headers.set('host', event.url.host);
  headers.set('x-forwarded-proto', event.url.protocol.slice(0, -1));
  return { ...visitor, headers };
}
