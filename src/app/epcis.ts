/** The REST interface of EPCIS 2.0 beside our own API: same callers, but the standard's own problems. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError, isAppError } from '#kernel/errors';
import type { ApiEnv } from '#kernel/manifest';
import { epcisApi } from '../domains/trace/epcis/api.ts';
import { problem } from '../domains/trace/epcis/http.ts';
import { LIMITS } from '../domains/trace/epcis/limits.ts';
import { inCallersName, type ApiRuntime } from './api.ts';

export const EPCIS_ROOT = '/api/epcis/v2';

/** The interface for one process; tests make it from a world. */
export function createEpcis(runtime: ApiRuntime): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>({ strict: false }).basePath(EPCIS_ROOT);
  api.use(
    bodyLimit({
      maxSize: LIMITS.document,
      onError: () => problem(new AppError('trace.epcis.too_large', 413)),
    }),
  );
  api.use(inCallersName(runtime));
  epcisApi(api);
  api.notFound(() => problem(new AppError('not_found', 404)));
  api.onError((thrown) => answerError(runtime, thrown));
  return api;
}

function answerError(runtime: ApiRuntime, thrown: unknown): Response {
  if (isAppError(thrown)) return problem(thrown);
  if (isMalformed(thrown)) return problem(new AppError('trace.epcis.validation', 400));
  runtime.log.error({ err: thrown }, 'epcis failed');
  return problem({ code: 'internal', status: 500 as never, params: {} });
}

/** An address whose percent signs are none. */
function isMalformed(thrown: unknown): boolean {
  return thrown instanceof URIError || thrown instanceof SyntaxError;
}
