/**
 * A small S3 for tests: PUT, GET, HEAD, DELETE and ListObjectsV2 in memory. Every request must carry a right
 * signature, worked out by another implementation (aws4) from what arrived.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import aws4 from 'aws4';

export interface S3Simulator {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  /** When each was put; a test may set it back. */
  readonly times: Map<string, Date>;
  /** Methods that were refused for their signature. */
  readonly refused: string[];
  /** The next so many requests fail with 503. */
  stumble: number;
  close(): Promise<void>;
}

type Answer = { status: number; data?: Buffer; at?: Date | undefined };

export interface S3Account {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** Starts one on a free port. `pageSize` is how many keys one answer lists. */
export async function startS3(account: S3Account, pageSize = 5): Promise<S3Simulator> {
  const objects = new Map<string, Buffer>();
  const times = new Map<string, Date>();
  const refused: string[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      const answer: Answer = simulator.stumble-- > 0 ? { status: 503 } : respond(request, body);
      const { status, data, at } = answer;
      response.writeHead(status, {
        ...(data && { 'content-length': data.length }),
        ...(at && { 'last-modified': at.toUTCString() }),
      });
      response.end(request.method === 'HEAD' ? undefined : answer.data);
    });
  });

  const respond = (request: IncomingMessage, body: Buffer): Answer => {
    if (!isSigned(request, body, account)) {
      refused.push(request.method ?? '');
      return { status: 403 };
    }
    const url = new URL(request.url ?? '/', 'http://s3');
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    if (url.searchParams.has('list-type'))
      return { status: 200, data: Buffer.from(listing(objects, times, url.searchParams, pageSize)) };
    const data = objects.get(key);
    if (request.method === 'PUT')
      return (objects.set(key, body), times.set(key, new Date()), { status: 200 });
    if (request.method === 'DELETE') return (objects.delete(key), { status: 204 });
    return data ? { status: 200, data, at: times.get(key) } : { status: 404 };
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const simulator: S3Simulator = {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    times,
    refused,
    stumble: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return simulator;
}

/** Whether the request is the one that was signed: every signed header, the path, the query and the content. */
function isSigned(request: IncomingMessage, body: Buffer, account: S3Account): boolean {
  const hash = createHash('sha256').update(body).digest('hex');
  if (request.headers['x-amz-content-sha256'] !== hash) return false;
  const names = /SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? '')?.[1]?.split(';') ?? [];
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) return false;
  const headers = Object.fromEntries(names.map((name) => [name, request.headers[name]]));
  // The hash of the content is among the headers and was compared with the content above.
  const claim = { service: 's3', region: account.region, method: request.method, path: request.url, headers };
  const signed = aws4.sign(claim, account);
  return signed.headers?.Authorization === request.headers.authorization;
}

function listing(
  objects: ReadonlyMap<string, Buffer>,
  times: ReadonlyMap<string, Date>,
  query: URLSearchParams,
  pageSize: number,
): string {
  const after = query.get('continuation-token') ?? '';
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    .sort();
  const page = keys.slice(0, pageSize);
  const entries = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>${times.get(key)!.toISOString()}</LastModified><Size>${objects.get(key)!.length}</Size></Contents>`,
  );
  const next =
    keys.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<?xml version="1.0"?><ListBucketResult>${entries.join('')}${next}</ListBucketResult>`;
}
