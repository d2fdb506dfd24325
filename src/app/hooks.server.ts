import { AsyncLocalStorage } from 'node:async_hooks';
import { error, redirect } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { sequence } from '@sveltejs/kit/hooks';
import { localizeHref, localizeUrl, overwriteGetLocale } from '#i18n/runtime';
import { isClosed, type CommuneRef, type Locale } from '#kernel/context';
import { AppError, isAppError } from '#kernel/errors';
import { SESSION_COOKIE, sessionToken } from '../domains/identity/auth/cookies.ts';
import { findSignedIn, withRolesOf, type SignedIn } from '../domains/identity/signed-in.ts';
import { earlierOf } from './earlier.ts';
import { runAs, theRuntime } from './runtime.ts';
import { answerScan } from './scan-pages.ts';
import { answerStranger, learnFrom, rendersFor } from './stranger-pages.ts';
import { isInnerAddress, readAddress, writeAddress } from './urls.ts';
import { errorWords } from './words.ts';

const spoken = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => spoken.getStore() ?? 'vi');

/** Language and text size: the reader's, from the address and a cookie. */
const language: Handle = ({ event, resolve }) => {
  const { locale } = readAddress(event.url.pathname);
  event.locals.locale = locale;
  const large = event.cookies.get('xa_text') === 'large' ? 'large-text' : '';
  return spoken.run(locale, () =>
    resolve(event, {
      transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('%text-size%', large),
    }),
  );
};

/** What Kit answers strangers on pages that are rendered without it from then on. */
const teacher: Handle = async ({ event, resolve }) => {
  if (event.locals.session || event.request.method !== 'GET') return resolve(event);
  let shown = '';
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => {
      shown += html;
      return html;
    },
  });
  if (response.status === 200) learnFrom(event.url.pathname, shown, response.headers);
  return response;
};

/** A room's own path is an inner address: readers are sent to the public one. */
const publicAddress: Handle = ({ event, resolve }) => {
  const { pathname, search } = event.url;
  if (event.request.method === 'GET' && isInnerAddress(pathname))
    redirect(308, writeAddress(readAddress(pathname)) + search);
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
  locals.auth = runtime.auth;
  locals.files = runtime.files;
  locals.whoHolds = (token) => signedIn(commune, token);
  const token = sessionToken(event.cookies.get(SESSION_COOKIE), runtime.auth.secret);
  const found = token ? await signedIn(commune, token) : null;
  locals.actor = found?.actor ?? { kind: 'anonymous' };
  locals.session = found?.session ?? null;
  locals.requestId = event.request.headers.get('x-request-id') ?? '';
  const afterClosing = runtime.wiring.afterClosing.has(event.route.id?.split('/')[1] ?? '');
  locals.run = (work, { purpose = null } = {}) => {
    const { actor, locale, requestId } = locals;
    return runAs(runtime, { commune, actor, locale, requestId, purpose, afterClosing }, work);
  };
  locals.earlier = () => {
    const { locale, requestId } = locals;
    return earlierOf(runtime, { commune, locale, requestId });
  };
  locals.runAsDoor = (work) => {
    const { locale, requestId } = locals;
    const door = { kind: 'system', name: 'sign-in' } as const;
    return runAs(runtime, { commune, actor: door, locale, requestId, afterClosing: true }, work);
  };
  const response = await resolve(event);
  // Nothing that a signed-in person sees may stay in a shared cache.
  if (found) response.headers.set('cache-control', 'private, no-store');
  if (locals.status === undefined || response.status !== 200) return response;
  return new Response(response.body, { status: locals.status, headers: response.headers });
};

/** Asked of the database only for a token with our signature. */
async function signedIn(commune: CommuneRef, token: string): Promise<SignedIn | null> {
  const runtime = theRuntime();
  const demoOpen = await runtime.communes.onlyDemo();
  const find = (where: CommuneRef) => {
    const caller = { commune: where, actor: { kind: 'system', name: 'sessions' } } as const;
    return runAs(runtime, caller, (ctx) => findSignedIn(ctx, token, demoOpen), { readOnly: true });
  };
  const found = await find(commune);
  if (!found || !commune.closure?.successorReads || !isClosed({ commune, now: new Date() })) return found;
  const successorId = commune.closure.successor.id;
  const successor = (await runtime.communes.all()).find(({ id }) => id === successorId);
  return withRolesOf(found, successor ? await find(successor) : null);
}

/**
 * An official's page asks for the staff door; whoever came through it and still may not is told so by the page.
 * A form that comes after the session is over is refused whole: a redirect would lose what was typed.
 */
const staffDoor: Handle = ({ event, resolve }) => {
  const { locals, request } = event;
  const atDesk = event.route.id?.split('/').includes('staff') ?? false;
  if (atDesk && !locals.session?.secondFactor) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const code = 'identity.session.over';
      error(401, { code, message: errorWords(code, {}, locals.locale), requestId: locals.requestId });
    }
    const back = localizeUrl(event.url);
    const query = new URLSearchParams({ back: back.pathname + back.search });
    redirect(303, `${localizeHref('/identity/officials')}?${query}`);
  }
  return resolve(event);
};

const FORM_TYPE = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/** What cannot be read as a form is its sender's fault; what is too large says so itself. */
const readableForm: Handle = ({ event, resolve }) => {
  const { request } = event;
  const read = request.formData.bind(request);
  request.formData = () =>
    read().catch((thrown: unknown) => {
      if (!(thrown instanceof TypeError)) throw thrown;
      const isForm = FORM_TYPE.test(request.headers.get('content-type') ?? '');
      throw new AppError('input.bad_form', isForm ? 400 : 415);
    });
  return resolve(event);
};

/** Hands over what this bundle renders for strangers without Kit. */
export const init: ServerInit = () => {
  const runtime = theRuntime();
  runtime.strangerPages = {
    rendersFor,
    answer: (commune, asked) => {
      const { locale } = readAddress(asked.url.pathname);
      return spoken.run(locale, () => answerStranger(runtime, commune, locale, asked));
    },
  };
  runtime.scanPages = { answer: (commune, asked) => answerScan(runtime, commune, asked) };
};

/** The one page that may stand in a frame of somebody else's page: public, and nothing in it can be pressed to any effect. */
const framed: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  if (event.route.id !== '/criteria/embed') return response;
  const policy = response.headers.get('content-security-policy') ?? '';
  response.headers.set(
    'content-security-policy',
    policy.replace("frame-ancestors 'none'", 'frame-ancestors *'),
  );
  return response;
};

export const handle = sequence(publicAddress, language, caller, staffDoor, readableForm, framed, teacher);

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
