/** Requests a second of one address after a warm-up, on as many connections as told. */
import autocannon from 'autocannon';

export type Rate = { perSecond: number; p95: number };

/** The path of the next request. */
export type Ask = () => string;

type Options = {
  key?: string;
  connections?: number;
  /** Asks for gzip, as browsers do. */
  packed?: boolean;
};

/** @param path called for every request @throws Error when an answer was not 200 */
export async function rate(base: string, seconds: number, path: Ask, options: Options = {}): Promise<Rate> {
  await run(base, Math.min(2, seconds), path, options);
  return run(base, seconds, path, options);
}

async function run(
  base: string,
  seconds: number,
  path: Ask,
  { key, connections = 20, packed = false }: Options,
): Promise<Rate> {
  const headers: Record<string, string> = { accept: 'text/html,*/*;q=0.8' };
  if (key) headers.authorization = `Bearer ${key}`;
  if (packed) headers['accept-encoding'] = 'gzip, deflate, br';
  const took: number[] = [];
  const result = await new Promise<autocannon.Result>((done, fail) => {
    const load = autocannon(
      {
        url: base,
        duration: seconds,
        connections,
        headers,
        requests: [{ setupRequest: (request) => ({ ...request, path: path() }) }],
      },
      (thrown, found) => (thrown ? fail(thrown as Error) : done(found)),
    );
    load.on('response', (_client, _status, _bytes, milliseconds) => took.push(milliseconds));
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${path()}: ${result.non2xx} answers were not 200, ${result.errors} errors`);
  }
  took.sort((a, b) => a - b);
  return { perSecond: took.length / result.duration, p95: took[Math.floor(took.length * 0.95)] ?? 0 };
}
