/** Requests a second of one address, 20 connections, after a warm-up. */
import autocannon from 'autocannon';

export type Rate = { perSecond: number; p95: number };

/** @param path called for every request @throws Error when an answer was not 200 */
export async function rate(base: string, seconds: number, path: () => string, key?: string): Promise<Rate> {
  await run(base, Math.min(2, seconds), path, key);
  return run(base, seconds, path, key);
}

async function run(base: string, seconds: number, path: () => string, key?: string): Promise<Rate> {
  const headers: Record<string, string> = { accept: 'text/html' };
  if (key) headers.authorization = `Bearer ${key}`;
  const result = await autocannon({
    url: base,
    duration: seconds,
    connections: 20,
    headers,
    requests: [{ setupRequest: (request) => ({ ...request, path: path() }) }],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${path()}: ${result.non2xx} answers were not 200, ${result.errors} errors`);
  }
  return { perSecond: result.requests.total / result.duration, p95: result.latency.p97_5 };
}
