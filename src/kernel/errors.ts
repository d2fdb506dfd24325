/**
 * Errors that a person caused or can do something about. They carry a code; the words are chosen at the
 * edge, in the reader's language (messages `error_<code with dots as underscores>`).
 */

const MARK = Symbol.for('xa.error');

export type ErrorParams = Record<string, string | number>;

/** HTTP status by the nature of the refusal. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 503;

export class AppError extends Error {
  override name = 'AppError';
  readonly [MARK] = true;
  readonly code: string;
  readonly status: ErrorStatus;
  readonly params: ErrorParams;
  /** Error codes by field, where the input had several faults. */
  readonly fields: Record<string, string>;
  /** What the words of a field's code need, such as the least length. */
  readonly fieldParams: Record<string, ErrorParams>;

  constructor(
    code: string,
    status: ErrorStatus = 422,
    params: ErrorParams = {},
    fields: Record<string, string> = {},
    fieldParams: Record<string, ErrorParams> = {},
  ) {
    super(code);
    this.code = code;
    this.status = status;
    this.params = params;
    this.fields = fields;
    this.fieldParams = fieldParams;
  }
}

/** Whether something thrown is one of ours. The server and the web bundle hold two copies of the class, so no `instanceof`. */
export function isAppError(thrown: unknown): thrown is AppError {
  return typeof thrown === 'object' && thrown !== null && MARK in thrown;
}

/** Stops with an expected refusal. @throws AppError always */
export function refuse(code: string, status: ErrorStatus = 422, params: ErrorParams = {}): never {
  throw new AppError(code, status, params);
}

/** @throws AppError `<what>.not_found` (404) when there is nothing. */
export function mustExist<T>(found: T | null | undefined, what: string): T {
  if (found === null || found === undefined) throw new AppError(`${what}.not_found`, 404);
  return found;
}
