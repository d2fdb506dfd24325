/**
 * What the rooms' `api.ts` share: the problem that every refusal answers with (RFC 9457), pages of a list,
 * and how instants and dates travel. Write routes with `createRoute` and declare every response:
 *
 * ```ts
 * const route = createRoute({
 *   method: 'get', path: '/hamlets', tags: ['commune'], summary: 'Hamlets of the commune',
 *   request: { query: PageQuery },
 *   responses: { 200: jsonOf(pageOf(Hamlet), 'The hamlets'), ...problemResponses() },
 * });
 * ```
 * A schema refuses with an error code as its message (`z.string().min(2, 'services.search.too_short')`);
 * the words are chosen at the edge. Inside a handler throw `AppError`: it becomes the same problem.
 */
import { z } from '@hono/zod-openapi';
import { parseLocalDate, type LocalDate } from './time.ts';

/** What a problem looks like (RFC 9457). `errors` names the fields at fault. */
export const Problem = z
  .object({
    type: z.string().openapi({ example: 'urn:xa:error:input.invalid' }),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ example: 'input.invalid' }),
    request_id: z.string(),
    errors: z
      .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'The fields at fault, each with a code and a sentence.' }),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof Problem>;

const MEANING = {
  400: 'The body is not JSON',
  401: 'A valid API key is needed',
  403: 'The key has no right to do that',
  404: 'There is no such thing in this commune',
  405: 'The address does not take that method',
  409: 'The thing is not in a state that allows it',
  410: 'It was there and is gone',
  413: 'The body is too large',
  415: 'The kind of content is not taken',
  422: 'The input makes no sense; `errors` names the fields',
  423: 'Somebody else holds it now',
  429: 'Too many requests; `retry-after` says when to come back',
  500: 'A fault of ours',
  503: 'Not available right now',
} as const;
type ProblemStatus = keyof typeof MEANING;

const ALWAYS = [401, 403, 404, 422, 429, 500] as const satisfies readonly ProblemStatus[];
/** What a route with a body may answer besides {@link problemResponses}. */
export const BODY_PROBLEMS = [400, 409, 413, 415] as const satisfies readonly ProblemStatus[];

type Problems<S extends ProblemStatus> = {
  [status in S]: { description: string; content: { 'application/problem+json': { schema: typeof Problem } } };
};

/**
 * The refusals that any route may answer with, for its `responses`.
 * @param more what this route may answer besides: `problemResponses(...BODY_PROBLEMS)` for one with a body
 */
export function problemResponses<const S extends ProblemStatus = never>(
  ...more: S[]
): Problems<S | (typeof ALWAYS)[number]> {
  const statuses: ProblemStatus[] = [...ALWAYS, ...more];
  const responses = statuses.map((status) => [
    status,
    { description: MEANING[status], content: { 'application/problem+json': { schema: Problem } } },
  ]);
  return Object.fromEntries(responses) as Problems<S | (typeof ALWAYS)[number]>;
}

/** One successful JSON response, for `responses`. */
export function jsonOf<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A JSON body that must be there, for `request.body`. */
export function bodyOf<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** For `security`: a key may be given but is not needed. */
export const OPTIONAL_KEY: Record<string, string[]>[] = [{ apiKey: [] }, {}];
/** For `security`: only with a key. */
export const NEEDS_KEY: Record<string, string[]>[] = [{ apiKey: [] }];

/** Far enough for people who turn pages; whoever wants everything narrows the question. */
const LAST_PAGE = 10_000;

const pageFields = {
  page: wholeNumber(1, LAST_PAGE).default(1).openapi({ description: 'The first page is 1.' }),
  per_page: wholeNumber(1, 100).default(20),
};
/** The query of a list. Add the list's own fields with {@link pageQuery}. */
export const PageQuery = z.strictObject(pageFields);
export type PageQuery = z.infer<typeof PageQuery>;

/** The query of a list with fields of its own; anything else is refused, so that a misspelled filter is noticed. */
export function pageQuery<T extends z.ZodRawShape>(fields: T) {
  return z.strictObject({ ...pageFields, ...fields });
}

/** Where a page begins and how much it holds, for SQL. */
export function pageRange(page: PageQuery): { offset: number; limit: number } {
  return { offset: (page.page - 1) * page.per_page, limit: page.per_page };
}

/** One page of a list, as it is answered. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.int(), page: z.int(), per_page: z.int() });
}

/** A whole number written in an address: digits only, no `1e3`, no ` 3`, no `0x3`. Refused with `input.not_whole`. */
export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^-?\d{1,15}$/, 'input.not_whole')
    .transform(Number)
    .pipe(z.int().min(min, 'input.out_of_range').max(max, 'input.out_of_range'))
    .openapi({ type: 'integer', minimum: min, maximum: max });
}

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+ -]([01]\d|2[0-3]):[0-5]\d)$/;

/**
 * An instant that somebody gives: ISO 8601 with its offset (`2024-04-26T09:00:00+07:00` or `…Z`). The `+`
 * of an address that was not encoded arrives as a space and is taken for what it was.
 * Refused with `input.bad_instant`.
 */
export const InstantInput = z
  .string()
  .transform((text, context) => {
    const at = readInstant(text);
    if (at) return at;
    context.addIssue({ code: 'custom', message: 'input.bad_instant' });
    return z.NEVER;
  })
  .openapi({ type: 'string', format: 'date-time', example: '2024-04-26T09:00:00+07:00' });

function readInstant(text: string): Date | undefined {
  const match = INSTANT.exec(text);
  if (!match || parseLocalDate(match[1]!) === undefined) return undefined;
  const at = new Date(text.replace(' ', '+'));
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** A day that somebody gives: `2024-04-26`, known to exist. Refused with `input.bad_date`. */
export const DateInput = z
  .string()
  .transform((text, context): LocalDate => {
    const date = parseLocalDate(text);
    if (date !== undefined) return date;
    context.addIssue({ code: 'custom', message: 'input.bad_date' });
    return z.NEVER;
  })
  .openapi({ type: 'string', format: 'date', example: '2024-04-26' });

/** An instant that we answer: `formatIso(at)`, with Viet Nam's offset. */
export const Instant = z.string().openapi({ format: 'date-time', example: '2024-05-04T17:00:00+07:00' });

/** A day that we answer. */
export const Day = z.string().openapi({ format: 'date', example: '2024-05-04' });
