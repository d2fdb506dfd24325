/** The public API, `/api/v1`: the rooms' routes put together, one error format (RFC 9457), one OpenAPI document. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { DOMAINS } from '../domains.ts';
import type { Actor, Ctx, Locale } from '#kernel/context';
import { AppError, isAppError } from '#kernel/errors';
import type { Problem } from '#kernel/api';
import { issueCode } from '#kernel/input';
import type { ApiEnv } from '#kernel/manifest';
import { actorOfKey } from '#domain/identity';
import { measuresApi } from './measures.ts';
import { earlierOf } from './earlier.ts';
import { runAs, type Runtime } from './runtime.ts';
import { errorWords } from './words.ts';

const LARGEST_BODY = 30 * 1024 * 1024;

/** What the API needs of the process; tests make it from a world. */
export type ApiRuntime = Pick<Runtime, 'handle' | 'wiring' | 'communes' | 'files' | 'trustedRoots' | 'log'>;

/** The API of all rooms in one; every refusal leaves it as problem+json (RFC 9457). */
export function createApi(runtime: ApiRuntime) {
  const api = new OpenAPIHono<ApiEnv>({
    defaultHook: async (result, c) => {
      if (result.success) return undefined;
      // A key that is not known is told so before anything is said of the input.
      if (c.req.header('authorization')) await c.var.run(() => Promise.resolve());
      const locale = localeOf(c.req.raw);
      const errors = result.error.issues.flatMap((issue) => fieldErrors(issue, locale));
      return problem(c, new AppError('input.invalid', 422), errors);
    },
  }).basePath('/api/v1');

  api.use(
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: (c) => problem(c, new AppError('input.too_large', 413)),
    }),
  );
  api.use(inCallersName(runtime));
  measuresApi(api);
  for (const room of DOMAINS) room.api?.(api);
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Xã Số',
      version: '1',
      description: 'The commune’s public services, registers and figures.',
    },
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  api.notFound(answerNotFound(methodsByPath(api.openAPIRegistry)));
  api.onError((thrown, c) => answerError(runtime, thrown, c));
  return api;
}

/** Finds the commune by host name and the caller by key; handlers act as both by `run`. */
export function inCallersName(runtime: ApiRuntime): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const commune = await runtime.communes.byHost(c.req.header('host'));
    if (!commune) return problem(c, new AppError('commune.not_found', 404));
    const identify = identification(c.req.header('authorization'));
    const actor = identify ? ({ kind: 'system', name: 'api' } as const) : ({ kind: 'anonymous' } as const);
    const locale = localeOf(c.req.raw);
    const requestId = headerOf(c, 'x-request-id');
    c.set('locale', locale);
    c.set('earlier', () => earlierOf(runtime, { commune, locale, requestId }));
    c.set('stranger', identify ? null : headerOf(c, 'x-real-ip'));
    c.set('files', runtime.files);
    c.set('trustedRoots', runtime.trustedRoots);
    const asked = c.req.header('x-purpose') ?? null;
    c.set('run', (work, { purpose = asked } = {}) =>
      runAs(runtime, { commune, actor, locale, requestId, purpose }, work, { identify }),
    );
    return next();
  };
}

/** No such address, or one that takes other methods. */
function answerNotFound(methodsOf: (path: string) => string[]) {
  return (c: Context): Response => {
    const methods = methodsOf(c.req.path);
    if (methods.length === 0) return problem(c, new AppError('not_found', 404));
    const answer = problem(c, new AppError('method_not_allowed', 405));
    answer.headers.set('allow', methods.join(', '));
    return answer;
  };
}

/** The methods that a path of ours takes; none for a path that is not ours. */
function methodsByPath(registry: OpenAPIHono<ApiEnv>['openAPIRegistry']): (path: string) => string[] {
  const routes = registry.definitions
    .filter((one) => one.type === 'route')
    .map(({ route: { path, method } }) => {
      const pattern = path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
      return { pattern: new RegExp(`^/api/v1${pattern}$`), method: method.toUpperCase() };
    });
  return (path) => {
    const found = routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return found.includes('GET') ? [...found, 'HEAD'] : found;
  };
}

/** Expected refusals keep their status; anything else is ours, is logged, and tells nothing of the inside. */
function answerError(runtime: ApiRuntime, thrown: unknown, c: Context): Response {
  if (isAppError(thrown)) return problem(c, thrown);
  if (thrown instanceof SyntaxError) return problem(c, new AppError('input.not_json', 400));
  const status = (thrown as { status?: unknown }).status;
  if (status === 400) return problem(c, new AppError('input.not_json', 400));
  if (status === 415) return problem(c, new AppError('input.media_type', 415));
  runtime.log.error({ err: thrown, requestId: headerOf(c, 'x-request-id') }, 'api failed');
  return problem(c, new AppError('internal', 503), [], 500);
}

/** A request without a key is anybody; a key that is not known, ended or of another commune is refused. */
function identification(header: string | undefined): ((ctx: Ctx) => Promise<Actor>) | undefined {
  if (!header) return undefined;
  const key = /^Bearer ([\w-]{20,200})$/.exec(header)?.[1];
  if (!key) throw new AppError('identity.api_key.unknown', 401);
  return (ctx) => actorOfKey(ctx, key);
}

/** A header that our server wrote itself: the request's id, the caller's address; in-process calls (tests) have none. */
function headerOf(c: Context, name: 'x-request-id' | 'x-real-ip'): string {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  return String(incoming?.headers[name] ?? '');
}

function localeOf(request: Request): Locale {
  return /^en\b/i.test(request.headers.get('accept-language') ?? '') ? 'en' : 'vi';
}

/** A schema's message is an error code where the schema's writer gave one; otherwise the kind of fault is all we know. */
function fieldErrors(
  issue: { code?: string; path: PropertyKey[]; message: string; keys?: string[] },
  locale: Locale,
): { path: string; code: string; message: string }[] {
  const code = issueCode(issue);
  const path = issue.path.map(String).join('.');
  const paths = issue.keys ? issue.keys.map((key) => (path ? `${path}.${key}` : key)) : [path];
  return paths.map((at) => ({ path: at, code, message: errorWords(code, {}, locale) }));
}

/** RFC 9457 as our own API says it. */
function problem(
  c: Context,
  error: AppError,
  errors: Problem['errors'] = [],
  status: number = error.status,
): Response {
  const locale = localeOf(c.req.raw);
  const fields = Object.entries(error.fields).map(([path, code]) => ({
    path,
    code,
    message: errorWords(code, error.fieldParams[path] ?? error.params, locale),
  }));
  const all = [...errors, ...fields];
  const body: Problem = {
    type: `urn:xa:error:${error.code}`,
    title: errorWords(error.code, error.params, locale),
    status,
    code: error.code,
    request_id: headerOf(c, 'x-request-id'),
    ...(all.length > 0 ? { errors: all } : {}),
  };
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (error.status === 429 && error.params.seconds !== undefined)
    headers['retry-after'] = String(error.params.seconds);
  return new Response(JSON.stringify(body), { status: status as ContentfulStatusCode, headers });
}
