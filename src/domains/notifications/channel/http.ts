/** One HTTP call to a provider, with an end to patience and an answer of bounded size. */

const PATIENCE_MS = 10_000;
const LARGEST_ANSWER = 64 * 1024;

export type Answer =
  | { kind: 'answered'; status: number; text: string }
  /** `sent` false: the connection was never made, nothing can have arrived. */
  | { kind: 'failed'; sent: boolean; text: string };

/** Calls once; redirects are refused (they would carry keys elsewhere). Never throws. */
export async function call(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { kind: 'answered', status: response.status, text: await bounded(response) };
  } catch (thrown) {
    const cause = (thrown as { cause?: { code?: unknown } }).cause;
    const code = String(cause?.code ?? (thrown as Error).name);
    return { kind: 'failed', sent: !NEVER_CONNECTED.has(code), text: code };
  }
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

async function bounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > LARGEST_ANSWER) break;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The JSON of an answer, or `undefined`. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value at a path such as `data.0.code`, as text; `undefined` where there is none. */
export function valueAt(json: unknown, path: string): string | undefined {
  let at: unknown = json;
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at === null || typeof at === 'object' ? undefined : String(at);
}
