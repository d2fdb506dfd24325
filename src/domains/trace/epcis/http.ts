/** What the REST interface says beside its answers: versions, discovery, problems by the standard's names. */
import type { AppError } from '#kernel/errors';
import type { Json } from './event.ts';
import { LIMITS } from './limits.ts';

const VERSION = '2.0.0';

/** Said with every answer. */
export const SAID: Readonly<Record<string, string>> = {
  'GS1-EPCIS-Version': VERSION,
  'GS1-CBV-Version': VERSION,
  'GS1-Extensions': 'cbvmda=urn:epcglobal:cbv:mda:',
};

const DISCOVERY: Readonly<Record<string, string>> = {
  ...SAID,
  'GS1-EPCIS-Min': '2.0.0',
  'GS1-EPCIS-Max': '2.0.0',
  'GS1-CBV-Min': '2.0.0',
  'GS1-CBV-Max': '2.0.0',
  'GS1-EPC-Format': 'Never_Translates',
  'GS1-CBV-XML-Format': 'Never_Translates',
  'GS1-Vendor-Version': '1.0.0',
  'GS1-EPCIS-Capture-Limit': String(LIMITS.events),
  'GS1-EPCIS-Capture-File-Size-Limit': String(LIMITS.document),
  'GS1-Capture-Error-Behaviour': 'all',
};

/** The answer to OPTIONS. */
export function discovery(methods: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: { ...DISCOVERY, allow: ['OPTIONS', ...methods].join(', ') },
  });
}

export function answer(
  body: Json,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...SAID, ...headers },
  });
}

/** The standard's name of what our codes mean. */
const TYPES: readonly (readonly [code: RegExp, type: string, status?: number])[] = [
  [/^trace\.epcis\.(?:query_parameter|page_token)$/, 'QueryParameterException'],
  [/^trace\.epcis\.(?:validation|not_json|too_deep)$/, 'ValidationException'],
  [/^trace\.epcis\.subscription$/, 'SubscriptionControlsException'],
  [/^trace\.epcis\.(?:query|subscription)\.not_found$/, 'NoSuchNameException'],
  [/^trace\.epcis\.(?:query|event)\.exists$/, 'ResourceAlreadyExistsException'],
  [/^trace\.epcis\.(?:too_large|capture_limit)$/, 'CaptureLimitExceededException'],
  [/^trace\.epcis\.(?:too_many_events|too_many_queries)$/, 'QueryTooLargeException'],
  [/^trace\.epcis\.too_complex$/, 'QueryTooComplexException'],
  [/^trace\.epcis\.not_acceptable$/, 'NotAcceptableException', 406],
  [/^trace\.epcis\.too_long$/, 'URITooLongException', 414],
  [/^trace\.epcis\.not_implemented$/, 'ImplementationException', 501],
];

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  401: 'SecurityException',
  403: 'SecurityException',
  404: 'NoSuchResourceException',
  405: 'UnsupportedOperationException',
  409: 'ResourceAlreadyExistsException',
  413: 'CaptureLimitExceededException',
  415: 'UnsupportedMediaTypeException',
  422: 'ValidationException',
};

const HEADINGS: Readonly<Record<string, string>> = {
  ValidationException: 'The document is not valid EPCIS 2.0',
  QueryParameterException: 'A query parameter is unknown or has a wrong value',
  SubscriptionControlsException: 'The subscription needs an https address and either a stream or a schedule',
  NoSuchNameException: 'There is no such query or subscription',
  NoSuchResourceException: 'There is no such resource',
  ResourceAlreadyExistsException: 'A resource with this identifier exists already',
  CaptureLimitExceededException: 'The document is too large',
  QueryTooLargeException: 'The query finds more than may be answered',
  QueryTooComplexException:
    'The query would have to look at too many events: narrow it by things, places, steps or time',
  NotAcceptableException: 'Only JSON, EPCIS 2.0 and untranslated identifiers are answered',
  URITooLongException: 'The address is too long: keep the query under a name by POST /queries',
  SecurityException: 'A valid API key with the right to do this is needed',
  UnsupportedMediaTypeException: 'Only application/json and application/ld+json are taken',
  UnsupportedOperationException: 'The resource does not take this method',
  ImplementationException: 'The server cannot do this',
};

/** RFC 7807 with the standard's own types. @param faults places in a document, with what is wrong there */
export function problem(
  { code, status: given, params }: Pick<AppError, 'code' | 'status' | 'params'>,
  faults: readonly { path: string; code: string }[] = [],
): Response {
  const [, named, said] = TYPES.find(([pattern]) => pattern.test(code)) ?? [];
  const status = said ?? (given === 422 ? 400 : given);
  const name = named ?? BY_STATUS[status] ?? 'ImplementationException';
  const detail = [
    ...(params.parameter === undefined ? [] : [String(params.parameter)]),
    ...faults.slice(0, 20).map((one) => `${one.path} ${one.code}`),
  ];
  const body = {
    type: `epcisException:${name}`,
    title: HEADINGS[name]!,
    status,
    ...(detail.length > 0 ? { detail: detail.join('; ') } : {}),
    ...(faults.length > 0
      ? { errors: faults.slice(0, 200).map(({ path, code: what }) => ({ path, code: what })) }
      : {}),
    code,
  };
  const limits: Record<string, string> =
    status === 413
      ? {
          'GS1-EPCIS-Capture-Limit': String(LIMITS.events),
          'GS1-EPCIS-Capture-File-Size-Limit': String(LIMITS.document),
        }
      : {};
  const headers = { 'content-type': 'application/problem+json', ...SAID, ...limits };
  return new Response(JSON.stringify(body), { status, headers });
}
