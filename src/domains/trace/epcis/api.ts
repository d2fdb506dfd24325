/** The REST interface of EPCIS 2.0, under `/api/epcis/v2`. */
import type { Context, Hono } from 'hono';
import { AppError } from '#kernel/errors';
import type { ApiEnv } from '#kernel/manifest';
import { captureEvents, ID_TAKEN, type Behaviour } from './capture.actions.ts';
import { isUri } from './checks.ts';
import { readDocument, type Captured } from './document.ts';
import { EPCIS_CONTEXT, isObject, type Json, type JsonObject } from './event.ts';
import { answer, discovery, problem, SAID } from './http.ts';
import { listCaptures, openCapture, seeCapture } from './job.actions.ts';
import { LIMITS, readJson } from './limits.ts';
import {
  createQuery,
  deleteQuery,
  getQuery,
  getSubscription,
  listQueries,
  listSubscriptions,
  subscribe,
  unsubscribe,
} from './named.actions.ts';
import { EVENTS_OF, eventsPage, singlePage } from './events-page.ts';
import { asResource, isStandardValue, listResource, RESOURCES, type Resource } from './resources.queries.ts';
import { nextPage, paging } from './paging.ts';
import { findById } from './search.queries.ts';

type C = Context<ApiEnv>;
type Route = Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', (c: C) => Promise<Response>>>>;

const TOP = ['queries', 'capture', 'events', ...RESOURCES];

/** Every path, with what each method does; OPTIONS is answered for all. */
const ROUTES: readonly (readonly [path: string, route: Route])[] = [
  ['/', { GET: async () => collection(TOP) }],
  ['/capture', { GET: captures, POST: capture }],
  [
    '/capture/:id',
    { GET: async (c) => answer(await c.var.run((ctx) => seeCapture(ctx, c.req.param('id')!))) },
  ],
  ['/events', { GET: (c) => eventsPage(c), POST: captureOne }],
  ['/events/:id', { GET: oneEvent }],
  ['/queries', { GET: queries, POST: newQuery }],
  ['/queries/:name', { GET: namedQuery, DELETE: endQuery }],
  ['/queries/:name/events', { GET: queryEvents }],
  ['/queries/:name/subscriptions', { GET: subscriptions, POST: newSubscription }],
  ['/queries/:name/subscriptions/:id', { GET: subscription, DELETE: endSubscription }],
  [
    '/nextPageToken/:token',
    { DELETE: async () => Promise.reject(new AppError('trace.epcis.not_implemented', 503)) },
  ],
  ['/:resource', { GET: resource }],
  ['/:resource/:value', { GET: resourceValue }],
  ['/:resource/:value/events', { GET: resourceEvents }],
];

/** Adds all routes; who asks and how errors are answered is the composition root's. */
export function epcisApi(api: Hono<ApiEnv>): void {
  for (const [path, route] of ROUTES) {
    const methods = Object.keys(route);
    api.all(path, async (c) => {
      if (path.startsWith('/:resource')) asResource(c.req.param('resource')!);
      if (c.req.method === 'OPTIONS') return discovery(methods);
      refuseOther(c);
      const handler = route[(c.req.method === 'HEAD' ? 'GET' : c.req.method) as 'GET'];
      if (handler) return handler(c);
      const refused = problem(new AppError('method_not_allowed', 405));
      refused.headers.set('allow', ['OPTIONS', ...methods].join(', '));
      return refused;
    });
  }
}

const LONGEST_URL = 8_000;

/** Versions, formats and media types that are not ours. */
function refuseOther(c: C): void {
  if (c.req.url.length > LONGEST_URL) throw new AppError('trace.epcis.too_long', 413);
  const accept = c.req.header('accept') ?? '*/*';
  const said = (name: string) => ['epcis', 'cbv'].map((of) => c.req.header(`gs1-${of}-${name}`) ?? '2.0');
  const format = c.req.header('gs1-epc-format') ?? 'No_Preference';
  const fine =
    /\*\/\*|application\/(?:\*|json|ld\+json|problem\+json)/i.test(accept) &&
    said('version').every((version) => /^2\.0(?:\.\d+)?$/.test(version)) &&
    said('min').every((least) => isUpTo(least, '2.0')) &&
    said('max').every((most) => isUpTo('2.0', most)) &&
    /^(?:No_Preference|Never_Translates)$/.test(format);
  if (!fine) throw new AppError('trace.epcis.not_acceptable', 422);
}

/** Whether one version is not above another: `1.2` ≤ `2.0`. */
function isUpTo(least: string, most: string): boolean {
  const [[a = 0, b = 0], [x = 0, y = 0]] = [least, most].map((version) => version.split('.').map(Number)) as [
    number[],
    number[],
  ];
  return a < x || (a === x && b <= y);
}

async function bodyOf(c: C): Promise<{ text: string; value: Json }> {
  if (!/^application\/(?:ld\+)?json\b/i.test(c.req.header('content-type') ?? ''))
    throw new AppError('input.media_type', 415);
  const text = await c.req.text();
  return { text, value: readJson(text) };
}

/** @returns the document, or the answer that names its faults */
function documentOf(value: Json): Captured | Response {
  const read = readDocument(value);
  if (!read.ok) return problem(new AppError('trace.epcis.validation', 400), read.faults);
  if (read.captured.events.length > LIMITS.events)
    return problem(new AppError('trace.epcis.capture_limit', 413));
  return read.captured;
}

async function capture(c: C): Promise<Response> {
  const { text, value } = await bodyOf(c);
  const captured = documentOf(value);
  if (captured instanceof Response) return captured;
  const asked = c.req.header('gs1-capture-error-behaviour') ?? 'rollback';
  if (asked !== 'rollback' && asked !== 'proceed') throw new AppError('trace.epcis.validation', 400);
  const behaviour: Behaviour = asked;
  const disclosed = isDisclosed(c);
  const id = await c.var.run((ctx) => openCapture(ctx, { text, captured, behaviour, disclosed }));
  return new Response(null, {
    status: 202,
    headers: { ...SAID, location: `${base(c)}/capture/${id}`, 'GS1-Capture-Error-Behaviour': behaviour },
  });
}

/** `XA-Disclosure: public` lets strangers read the public profile of what is captured. */
function isDisclosed(c: C): boolean {
  return c.req.header('xa-disclosure') === 'public';
}

/** One event: it is stored before the answer is given. */
async function captureOne(c: C): Promise<Response> {
  const { value } = await bodyOf(c);
  const captured = documentOf(value);
  if (captured instanceof Response) return captured;
  if (captured.events.length !== 1) throw new AppError('trace.epcis.validation', 400);
  const disclosed = isDisclosed(c);
  const outcome = await c.var.run((ctx) => captureEvents(ctx, captured, { disclosed, idOnce: true }));
  if (outcome.errors.some(({ code }) => code === ID_TAKEN) || outcome.known.length > 0)
    return problem(new AppError('trace.epcis.event.exists', 409), outcome.errors);
  if (!outcome.success) return problem(new AppError('trace.epcis.validation', 400), outcome.errors);
  const [id = ''] = outcome.stored;
  const [found] = await c.var.run((ctx) => findById(ctx, id));
  return answer(found?.event ?? null, {
    status: 201,
    headers: { location: `${base(c)}/events/${encodeURIComponent(id)}` },
  });
}

async function captures(c: C): Promise<Response> {
  const { perPage, token } = paging(c);
  const found = await c.var.run((ctx) => listCaptures(ctx, token, perPage + 1));
  const page = found.slice(0, perPage);
  return answer(page, { headers: found.length > perPage ? nextPage(c, String(page.at(-1)!.captureID)) : {} });
}

async function oneEvent(c: C): Promise<Response> {
  const found = await c.var.run((ctx) => findById(ctx, c.req.param('id')!));
  if (found.length === 0) throw new AppError('trace.epcis.event.not_found', 404);
  return singlePage(found);
}

async function resource(c: C): Promise<Response> {
  const { perPage, token } = paging(c);
  const after = token === null ? '' : Buffer.from(token, 'base64url').toString();
  const { members, next } = await c.var.run((ctx) =>
    listResource(ctx, asResource(c.req.param('resource')!), after, perPage),
  );
  return collection(members, next === null ? {} : nextPage(c, Buffer.from(next).toString('base64url')));
}

async function resourceValue(c: C): Promise<Response> {
  const { resource, value, known } = pathValue(c);
  const found = await eventsPage(c, EVENTS_OF[resource](value), 1);
  const { epcisBody } = (await found.json()) as {
    epcisBody: { queryResults: { resultsBody: { eventList: Json[] } } };
  };
  if (epcisBody.queryResults.resultsBody.eventList.length === 0 && !known)
    throw new AppError('trace.epcis.resource.not_found', 404);
  return collection(['events']);
}

function resourceEvents(c: C): Promise<Response> {
  const { resource, value } = pathValue(c);
  return eventsPage(c, EVENTS_OF[resource](value));
}

/** What a path names. @throws AppError `trace.epcis.resource.not_found` (404) for neither an address nor a known word */
function pathValue(c: C): { resource: Resource; value: string; known: boolean } {
  const [resource, value] = [asResource(c.req.param('resource')!), c.req.param('value')!];
  const known = isStandardValue(resource, value);
  if (!known && !isUri(value)) throw new AppError('trace.epcis.resource.not_found', 404);
  return { resource, value, known };
}

async function queries(c: C): Promise<Response> {
  const { perPage, token } = paging(c);
  const found = await c.var.run((ctx) => listQueries(ctx, token ?? '', perPage + 1));
  const page = found.slice(0, perPage);
  return answer(page, { headers: found.length > perPage ? nextPage(c, page.at(-1)!.name) : {} });
}

async function newQuery(c: C): Promise<Response> {
  const { value } = await bodyOf(c);
  const name = await c.var.run((ctx) => createQuery(ctx, value));
  return new Response(null, { status: 201, headers: { ...SAID, location: `${base(c)}/queries/${name}` } });
}

async function namedQuery(c: C): Promise<Response> {
  return answer(await c.var.run((ctx) => getQuery(ctx, c.req.param('name')!)));
}

async function endQuery(c: C): Promise<Response> {
  await c.var.run((ctx) => deleteQuery(ctx, c.req.param('name')!));
  return new Response(null, { status: 204, headers: SAID });
}

async function queryEvents(c: C): Promise<Response> {
  if (/websocket/i.test(c.req.header('upgrade') ?? ''))
    throw new AppError('trace.epcis.not_implemented', 503);
  const { name, query } = await c.var.run((ctx) => getQuery(ctx, c.req.param('name')!));
  return eventsPage(c, query as JsonObject, undefined, name);
}

async function subscriptions(c: C): Promise<Response> {
  return answer(await c.var.run((ctx) => listSubscriptions(ctx, c.req.param('name')!)));
}

async function newSubscription(c: C): Promise<Response> {
  const { value } = await bodyOf(c);
  if (!isObject(value)) throw new AppError('trace.epcis.subscription', 400);
  const name = c.req.param('name')!;
  const made = await c.var.run((ctx) => subscribe(ctx, name, value));
  return answer(made, {
    status: 201,
    headers: { location: `${base(c)}/queries/${name}/subscriptions/${String(made.subscriptionID)}` },
  });
}

async function subscription(c: C): Promise<Response> {
  return answer(await c.var.run((ctx) => getSubscription(ctx, c.req.param('name')!, c.req.param('id')!)));
}

async function endSubscription(c: C): Promise<Response> {
  await c.var.run((ctx) => unsubscribe(ctx, c.req.param('name')!, c.req.param('id')!));
  return new Response(null, { status: 204, headers: SAID });
}

function collection(member: string[], headers: Record<string, string> = {}): Response {
  return answer({ '@context': EPCIS_CONTEXT, type: 'Collection', member }, { headers });
}

/** The interface's own root, as a path. */
function base(c: C): string {
  return /^.*?\/v2(?=\/|$)/.exec(new URL(c.req.url).pathname)?.[0] ?? '';
}
