import { createHash, createHmac } from 'node:crypto';

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Such as `us-east-1`; services that know no regions take any. */
  readonly region: string;
}

export interface S3Request {
  readonly method: string;
  readonly url: URL;
  readonly body: Uint8Array;
  readonly at: Date;
  /** Further headers to sign, lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** sha256 in hex. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The headers that make a request a signed one (AWS Signature Version 4, for S3: the path is encoded once). */
export function signRequest(
  request: S3Request,
  { accessKeyId, secretAccessKey, region }: S3Credentials,
): Record<string, string> {
  const time = request.at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const hash = sha256Hex(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    'x-amz-content-sha256': hash,
    'x-amz-date': time,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method,
    encodedPath(request.url),
    encodedQuery(request.url),
    ...names.map((name) => `${name}:${headers[name]!.trim()}`),
    '',
    names.join(';'),
    hash,
  ].join('\n');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256Hex(canonical)].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce(
    (above, part) => hmac(above, part),
    hmac(`AWS4${secretAccessKey}`, time.slice(0, 8)),
  );
  const signature = hmac(key, toSign).toString('hex');
  const { host: _sentByItself, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Everything but letters, digits and `-._~` in hex, as the rule says. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function encodedPath(url: URL): string {
  return url.pathname
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
}

function encodedQuery(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}
