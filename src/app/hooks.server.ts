import { error, redirect } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { sequence } from '@sveltejs/kit/hooks';
import { localizeHref } from '#i18n/runtime';
import { paraglideMiddleware } from '#i18n/server';
import { isAppError } from '#kernel/errors';
import { runAs, theRuntime } from './runtime.ts';
import { isInnerAddress } from './urls.ts';
import { errorWords } from './words.ts';

/** Language and text size: the reader's, from the address and a cookie. */
const language: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ locale }) => {
    event.locals.locale = locale;
    const large = event.cookies.get('xa_text') === 'large' ? 'large-text' : '';
    return resolve(event, {
      transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('%text-size%', large),
    });
  });

/** A room's own path is an inner address: readers are sent to the public one. */
const publicAddress: Handle = ({ event, resolve }) => {
  const { pathname, search } = event.url;
  if (event.request.method === 'GET' && isInnerAddress(pathname))
    redirect(308, localizeHref(pathname) + search);
  return resolve(event);
};

/** Commune by host name, actor by session, and the one way for pages to reach the database. */
const caller: Handle = async ({ event, resolve }) => {
  const runtime = theRuntime();
  const { locals } = event;
  const commune = await runtime.communes.byHost(event.url.hostname);
  if (!commune)
    error(404, { message: errorWords('commune.not_found', {}, locals.locale), code: 'commune.not_found' });
  locals.commune = commune;
  locals.actor = { kind: 'anonymous' };
  locals.requestId = event.request.headers.get('x-request-id') ?? '';
  locals.run = (work, { purpose = null } = {}) => {
    const { actor, locale, requestId } = locals;
    return runAs(runtime, { commune, actor, locale, requestId, purpose }, work);
  };
  return resolve(event);
};

export const handle = sequence(publicAddress, language, caller);

/** Expected refusals become pages with their own status and words; forms catch them first and show them in place. */
export const handleError: HandleServerError = ({ kind, error: thrown, event }) => {
  const { requestId, locale = 'vi' } = event.locals;
  if (isAppError(thrown)) {
    const { code, status, params } = thrown;
    return { status, code, requestId, message: errorWords(code, params, locale) };
  }
  if (kind === 'app') return { requestId };
  const code = kind === 'framework' && thrown.status === 404 ? 'not_found' : 'internal';
  if (kind === 'unknown')
    theRuntime().log.error({ err: thrown, requestId, route: event.route.id }, 'page failed');
  return { code, requestId, message: errorWords(code, {}, locale) };
};
