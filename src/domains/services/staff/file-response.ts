/** Answers that are files: never guessed at by the browser, never kept by a cache, shown in place only where that is safe. */

/** Types that a browser may show in place: pictures and papers without scripts (uploads were looked through). */
const SHOWN: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};
const SAVED: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/**
 * @param name what the file is called when it is kept; its ending tells the type
 * @param save whether it is offered for keeping even where it could be shown
 */
export function fileResponse(
  body: Uint8Array | ReadableStream<Uint8Array>,
  { name, save = false, size }: { name: string; save?: boolean; size?: number },
): Response {
  const ending = /\.([a-z]+)$/.exec(name.toLowerCase())?.[1] ?? '';
  const shown = SHOWN[ending];
  const way = shown && !save ? 'inline' : 'attachment';
  const headers = new Headers({
    'content-type': shown ?? SAVED[ending] ?? 'application/octet-stream',
    'content-disposition': `${way}; filename="${plainName(name)}"; filename*=UTF-8''${starName(name)}`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  });
  const length = body instanceof Uint8Array ? body.length : size;
  if (length !== undefined) headers.set('content-length', String(length));
  return new Response(body as BodyInit, { headers });
}

/** A name for old programs: letters, digits, hyphen, underscore and points. */
function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll(/[^\w.-]+/g, '_');
}

/** The name as RFC 8187 writes it. */
function starName(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
